namespace PnnEdge.Cli.Tests;

/// <summary>An experiment file whose training takes half a second and learns little: one pass, few shots, few epochs.</summary>
internal static class TinyExperiment
{
    public const string Name = "tiny.yaml";

    /// <summary>The same through a twin that is the circuit's equations.</summary>
    public const string GreyBoxName = "tiny-grey-box.yaml";

    /// <summary>Of generated formants.</summary>
    public const int TestSamples = 49;

    /// <summary>One batch through one pass.</summary>
    public const int PassesPerStep = 32;

    private const string Yaml = """
        system: circuit
        task: generated
        data:
          scale_features: true
          validation_share: 0.2
        shot:
          data_slots: 12
          parameter_slots: 12
          hold_samples: 8
          windows: 12
          drive_range_volts: [-3, 3]
        network:
          layers: 1
          order: kept
          train_skip: true
          logit_sharpness: 4
        twin:
          kind: causal_perceptron
          shots: 300
          shots_per_call: 20
          hidden_widths: [16]
          epochs: 5
          batch_shots: 8
          learning_rate: 5e-3
          memory_slots: 6
        training:
          epochs: 8
          batch_shots: 32
          learning_rate: 0.03
          max_gradient_norm: 5
          range_penalty_weight: 1
          range_penalty_sharpness: 25
        baseline:
          steps: 100
        """;

    public static CommandRun With(CommandRun run)
    {
        File.WriteAllText(run.In(Name), Yaml);
        string[] lines = [.. Yaml.Replace("causal_perceptron", "grey_box", StringComparison.Ordinal).Split('\n').Where(line => !line.Contains("hidden_widths", StringComparison.Ordinal) && !line.Contains("memory_slots", StringComparison.Ordinal))];
        File.WriteAllLines(run.In(GreyBoxName), lines);
        return run;
    }
}
