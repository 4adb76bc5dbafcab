using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods;

/// <summary>How a network is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>Times through the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per step.</summary>
    public required int BatchShots { get; init; }

    /// <summary>The optimizer's first rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gradients above are scaled down to it.</summary>
    public required double MaxGradientNorm { get; init; }

    /// <summary>λ of the range penalty.</summary>
    public required float RangePenaltyWeight { get; init; }

    /// <summary>k of the range penalty.</summary>
    public required float RangePenaltySharpness { get; init; }

    /// <summary>What the gradient moves the parameters by; Adam where nothing is said.</summary>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>How the rate falls.</summary>
    public RateDecay Decay { get; init; } = RateDecay.Cosine;

    /// <summary>How often the rate starts again from its first value (Loshchilov and Hutter, SGDR, 2017); the stretches are equally long.</summary>
    public int Restarts { get; init; }

    /// <summary>Of all steps, how many the rate takes to rise to its first value.</summary>
    public double WarmupShare { get; init; }

    /// <summary>Each shot is played and read so often, and the readings averaged.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Rate of digital weights, as a factor of the learning rate.</summary>
    public float DenseRate { get; init; } = 1;

    /// <summary>Decoupled weight decay of digital weights: the share that a step at rate 1 takes away (AdamW's λ).</summary>
    public float DenseDecay { get; init; }

    /// <summary>Rate of actuators, as a factor of the learning rate.</summary>
    public float ActuatorRate { get; init; } = 1;

    /// <summary>Rate of the readout's edges, as a factor of the learning rate.</summary>
    public float EdgeRate { get; init; } = 0.1f;

    public Optimizer OptimizerOf(PhysicalNetwork network)
    {
        int parameters = network.Parameters.Length;
        float[] rates = network.ByKind(DenseRate, ActuatorRate, EdgeRate, others: 1);
        return Optimizer switch
        {
            null or OptimizerKind.Adam => new Adam(parameters)
            {
                RateFactors = rates,
                Decay = DenseDecay == 0 ? [] : network.ByKind(DenseDecay, actuators: 0, edges: 0, others: 0),
            },
            _ when DenseDecay != 0 => throw new ArgumentException($"A dense decay of {DenseDecay} was asked with {Optimizer}; decoupled weight decay is Adam's."),
            OptimizerKind.Sgd => new Sgd(parameters) { RateFactors = rates },
            OptimizerKind.Momentum => new Sgd(parameters, momentum: 0.9f) { RateFactors = rates },
            OptimizerKind.Adadelta => new Adadelta(parameters) { RateFactors = rates },
            _ => throw new InvalidOperationException($"There is no optimizer {Optimizer}."),
        };
    }

    /// <summary>The system as training and tests read it: each shot <see cref="Repeats"/> times. Does not own it.</summary>
    public IPhysicalSystem Reading(IPhysicalSystem system) => Repeats == 1 ? system : new RepeatedSystem(system, Repeats);

    /// <summary>Keeps slots inside the drive range.</summary>
    public RangePenalty Penalty => new(RangePenaltyWeight, RangePenaltySharpness);
}

public enum RateDecay
{
    /// <summary>To 1 % of the first rate along half a cosine.</summary>
    Cosine,

    /// <summary>It stays.</summary>
    None,
}

public enum OptimizerKind
{
    /// <summary>Kingma and Ba, 2015, with decoupled weight decay.</summary>
    Adam,

    /// <summary>Stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent with momentum 0.9.</summary>
    Momentum,

    /// <summary>Zeiler, 2012; a learning rate of 1 is the paper's.</summary>
    Adadelta,
}
