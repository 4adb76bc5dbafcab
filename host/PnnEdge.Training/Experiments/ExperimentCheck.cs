using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Experiments;

/// <summary>What can be said of an experiment before a bench is opened: every number in its range, and the parts fit together.</summary>
internal static class ExperimentCheck
{
    /// <exception cref="InvalidDataException">One sentence: the source, the setting, what was asked and what is possible.</exception>
    public static void Require(ExperimentSettings settings, string source)
    {
        Within(settings.Data.ValidationShare, 0, 1, "data.validation_share", source, open: true);
        Within(settings.Data.TrainLimit, 0, 1e6, "data.train_limit", source);
        Within(settings.Data.TestLimit, 0, 1e6, "data.test_limit", source);
        Within(settings.Shot.DataSlots, 1, 65535, "shot.data_slots", source);
        Within(settings.Shot.ParameterSlots, 0, 65535, "shot.parameter_slots", source);
        Within(settings.Shot.HoldSamples, 1, 65535, "shot.hold_samples", source);
        Within(settings.Shot.Windows, 1, 65535, "shot.windows", source);
        Within(settings.Shot.WindowDelaySamples, 0, 65535, "shot.window_delay_samples", source);
        Within(settings.Shot.ReadSamples, 0, 65535, "shot.read_samples", source);
        if (settings.Shot.SampleRateHz is double rate) { Within(rate, 1e-3, 4e6, "shot.sample_rate_hz", source); }
        Fits(settings.Shot.SampleRateHz is null || settings.Twin.Kind != TwinKind.GreyBox, source,
            $"asked shot.sample_rate_hz for {settings.Shot.SampleRateHz} beside twin.kind grey_box; the equations know their system's own clock alone");
        Within(settings.Network.Layers, 1, 100, "network.layers", source);
        Within(settings.Network.Branches, 1, 1000, "network.branches", source);
        Within(settings.Network.ActuatorSpread, 0, 0.5, "network.actuator_spread", source);
        Within(settings.Network.SkipStart, -100, 100, "network.skip_start", source);
        Within(settings.Training.WarmupShare, 0, 1, "training.warmup_share", source);
        Within(settings.Network.LogitSharpness, 0, 1000, "network.logit_sharpness", source, open: true);
        Within(settings.Twin.Shots, 20, 1e7, "twin.shots", source);
        Within(settings.Twin.ShotsPerCall, 1, 1e5, "twin.shots_per_call", source);
        Within(settings.Twin.Epochs, 1, 1e5, "twin.epochs", source);
        Within(settings.Twin.BatchShots, 1, 1e5, "twin.batch_shots", source);
        Within(settings.Twin.LearningRate, 0, 10, "twin.learning_rate", source, open: true);
        Within(settings.Twin.MemorySlots, 0, 65535, "twin.memory_slots", source);
        Within(settings.Twin.ConstantError, 0, 0.9, "twin.constant_error", source);
        foreach (int width in settings.Twin.HiddenWidths) { Within(width, 1, 65535, "twin.hidden_widths", source); }
        Within(settings.Training.Epochs, 0, 1e5, "training.epochs", source);
        Within(settings.Training.BatchShots, 1, 1e5, "training.batch_shots", source);
        Within(settings.Training.LearningRate, 0, 10, "training.learning_rate", source, open: true);
        Within(settings.Training.MaxGradientNorm, 0, 1e9, "training.max_gradient_norm", source, open: true);
        Within(settings.Training.RangePenaltyWeight, 0, 1e6, "training.range_penalty_weight", source);
        Within(settings.Training.RangePenaltySharpness, 0, 1e6, "training.range_penalty_sharpness", source, open: true);
        Within(settings.Training.Restarts, 0, 1000, "training.restarts", source);
        Within(settings.Training.Repeats, 1, 1000, "training.repeats", source);
        Within(settings.Training.DenseRate, 0, 1000, "training.dense_rate", source);
        Within(settings.Training.DenseDecay, 0, 1000, "training.dense_decay", source);
        Within(settings.Training.ActuatorRate, 0, 1000, "training.actuator_rate", source);
        Within(settings.Training.EdgeRate, 0, 1000, "training.edge_rate", source);
        foreach ((string name, MethodTuning tuning) in settings.Methods ?? []) { RequireMethod(name, tuning, source); }
        Fits(settings.Training.DenseDecay == 0 || settings.Training.Optimizer is null or OptimizerKind.Adam, source,
            $"asked training.dense_decay for {settings.Training.DenseDecay} with optimizer {settings.Training.Optimizer}; decoupled weight decay is Adam's");
        Within(settings.Baseline.Steps, 1, 1e7, "baseline.steps", source);
        Among(settings.Task, TaskLoader.Tasks, "task", source);
        Fits(settings.Data.ImageSide is MnistIdx.SmallSide or MnistIdx.SourceSide, source,
            $"asked data.image_side for {settings.Data.ImageSide}; possible are {MnistIdx.SmallSide} and {MnistIdx.SourceSide} pixels");
        Fits(settings.Shot.DriveRangeVolts is [float low, float high] && low < high && float.IsFinite(low) && float.IsFinite(high), source,
            "shot.drive_range_volts takes two numbers, the smaller first, in V");
        PartsFit(settings, source);
    }

    private static void RequireMethod(string name, MethodTuning tuning, string source)
    {
        Among(name, MethodCatalogue.Names, "methods", source);
        MethodEntry method = MethodCatalogue.All.Single(known => known.Name == name);
        if (tuning.LearningRate is double rate) { Within(rate, 0, 10, $"methods.{name}.learning_rate", source, open: true); }
        if (tuning.BatchShots is int shots) { Within(shots, 1, 1e5, $"methods.{name}.batch_shots", source); }
        if (tuning.Perturbation is float moved) { Within(moved, 0, 1, $"methods.{name}.perturbation", source, open: true); }
        if (tuning.Directions is int directions) { Within(directions, 1, 1000, $"methods.{name}.directions", source); }
        Fits(tuning.Perturbation is null || method.Perturbs, source, $"{name} moves no parameters to feel the loss; leave out methods.{name}.perturbation");
        Fits(tuning.Directions is null || method.Directs, source, $"{name} takes no directions; leave out methods.{name}.directions");
    }

    private static void PartsFit(ExperimentSettings settings, string source)
    {
        try
        {
            TwinFits(settings);
            (int features, int classes) = TaskLoader.SizesOf(settings);
            settings.Shape(features, classes, settings.Shot.DriveRange, []);
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"{source}: {misfit.Message.Split(" (Parameter")[0].TrimEnd('.')}.", misfit);
        }
    }

    private static void TwinFits(ExperimentSettings settings)
    {
        TwinFitSettings twin = settings.Twin;
        bool remembers = twin.Kind is TwinKind.CausalPerceptron or TwinKind.CausalConvolution;
        if (remembers != twin.MemorySlots > 0)
        {
            throw new ArgumentException(remembers
                ? "A causal twin needs twin.memory_slots of at least 1"
                : $"twin.memory_slots is {twin.MemorySlots}, and only a causal twin has a memory; ask twin.kind for causal_perceptron or causal_convolution");
        }

        if (twin.Kind != TwinKind.GreyBox && twin.HiddenWidths.Length == 0) { throw new ArgumentException("This kind of twin needs twin.hidden_widths"); }
        if (twin.Kind == TwinKind.CausalPerceptron) { ReceptiveField.Of(settings.Plan(), 0, twin.MemorySlots); }
        if (twin.Kind == TwinKind.CausalConvolution) { ConvolutionShape.Of(settings.Plan(), 0, twin.MemorySlots, twin.HiddenWidths); }
    }

    private static void Within(double asked, double min, double max, string name, string source, bool open = false)
    {
        bool inside = open ? asked > min && asked < max : asked >= min && asked <= max; // NaN is neither
        Fits(inside, source, open ? $"asked {name} for {asked}; possible is above {min} and below {max}" : $"asked {name} for {asked}; possible is {min} to {max}");
    }

    private static void Among(string asked, IReadOnlyList<string> possible, string name, string source) =>
        Fits(possible.Contains(asked), source, $"asked {name} for '{asked}'; possible are {string.Join(", ", possible)}");

    private static void Fits(bool fits, string source, string sentence)
    {
        if (!fits) { throw new InvalidDataException($"{source}: {sentence}."); }
    }
}
