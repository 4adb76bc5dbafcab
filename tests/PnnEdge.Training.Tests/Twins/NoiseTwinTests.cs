using PnnEdge.Conformance;
using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Noise;

namespace PnnEdge.Training.Tests.Twins;

public class NoiseTwinTests : PhysicalSystemConformance
{
    private static readonly TwinFitSettings Settings = new()
    {
        Kind = TwinKind.CausalPerceptron,
        Shots = 600,
        ShotsPerCall = 60,
        HiddenWidths = [16, 16],
        MemorySlots = 4,
        Epochs = 30,
        BatchShots = 20,
        LearningRate = 1e-2,
    };

    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(Noisy(0));

    [Theory, InlineData(1UL), InlineData(2UL)]
    public void A_known_input_dependent_sigma_is_recovered_to_within_a_tenth(ulong seed)
    {
        NoiseTwin noise = NoiseTwin.Fit(Residuals(seed, calls: 40), TinyTask.Plan, Settings, seed, default);
        double squares = 0;
        int windows = 0;
        foreach (ShotCall fresh in Residuals(seed + 50, calls: 20).Calls)
        {
            float[] sigma = new float[fresh.Windows.Length];
            noise.Sigma(fresh.Slots, fresh.Actuators, fresh.Shots, sigma);
            windows += sigma.Length;
            for (int i = 0; i < sigma.Length; i++) { squares += Math.Pow((sigma[i] / Known(fresh, i / TinyTask.Plan.Windows, i % TinyTask.Plan.Windows)) - 1, 2); }
        }

        // 4800 residuals, each worth 1/√2 of its σ, leave about 0.01 for one number and 0.05 for the 30 or so that such a shape takes.
        Assert.InRange(Math.Sqrt(squares / windows), 0, 0.1);
    }

    [Fact]
    public void Far_from_what_it_was_fitted_to_sigma_ends_at_half_and_twice_what_it_gives_there()
    {
        ShotSet residuals = Residuals(1, calls: 12);
        float[] seen = [.. residuals.Calls.SelectMany(call => Sigma(call.Slots, call.Actuators, call.Shots))];
        float[] slots = [.. Enumerable.Range(0, 20 * TinyTask.Plan.Slots).Select(i => i % 2 == 0 ? 40f : -40f)];
        foreach (float actuator in new[] { -60f, 60f })
        {
            Assert.All(Sigma(slots, [actuator], 20), sigma => Assert.InRange(sigma, 0.499f * seen.Min(), 2.001f * seen.Max()));
        }

        static float[] Sigma(float[] slots, float[] actuators, int shots)
        {
            float[] sigma = new float[shots * TinyTask.Plan.Windows];
            Noise.Value.Sigma(slots, actuators, shots, sigma);
            return sigma;
        }
    }

    [Fact]
    public void More_actuators_than_calls_leave_sigma_to_the_slots()
    {
        var many = new ShotSet();
        foreach (ShotCall call in Residuals(1, calls: 12).Calls) { many.Add(call with { Actuators = [.. Enumerable.Repeat(call.Actuators[0], 13)] }); }
        NoiseTwin noise = NoiseTwin.Fit(many, TinyTask.Plan, Settings with { Epochs = 2 }, 1, default);
        Assert.Equal(13, noise.Actuators);
        Assert.Equal(0, noise.LogSigma.Actuators);
        float[] low = new float[many.Calls[0].Windows.Length], high = new float[low.Length];
        noise.Sigma(many.Calls[0].Slots, [.. Enumerable.Repeat(-1f, 13)], many.Calls[0].Shots, low);
        noise.Sigma(many.Calls[0].Slots, [.. Enumerable.Repeat(1f, 13)], many.Calls[0].Shots, high);
        Assert.Equal(low, high);
    }

    [Fact]
    public void The_likelihood_gradient_is_the_central_difference_of_the_likelihood()
    {
        ShotSet residuals = Residuals(1, calls: 4);
        NoiseTwin noise = NoiseTwin.Fit(residuals, TinyTask.Plan, Settings with { Epochs = 1 }, 1, default);
        (float[] x, float[] r) = residuals.Rows();
        float[] parameters = noise.LogSigma.Parameters, gradient = new float[parameters.Length], unused = new float[parameters.Length];
        noise.LossGradient(x, r, residuals.Count, gradient);
        for (int i = 0; i < parameters.Length; i += 7)
        {
            const float Step = 1f / 256;
            float middle = parameters[i];
            parameters[i] = middle + Step;
            double up = noise.LossGradient(x, r, residuals.Count, unused);
            parameters[i] = middle - Step;
            double difference = (up - noise.LossGradient(x, r, residuals.Count, unused)) / (2 * Step);
            parameters[i] = middle;
            Assert.Equal(difference, gradient[i], 5e-4); // single precision of ln σ, about 3, to 3e-7, times 128; truncation h²/6 of steep exponentials
        }
    }

    [Fact]
    public async Task Repeats_show_the_noise_of_a_window()
    {
        // 10 mV a sample over windows of 4 samples: 5 mV.
        await using MixingSystem system = TinyTask.System(noiseVolts: 0.01);
        ShotSet repeated = await NoiseShots.PlayAsync(system, TinyTask.Plan, TinyTask.Drive, inputs: 60, repeats: 4, inputsPerCall: 20, seed: 1, firstShot: 0, default);
        Assert.Equal(0.005, Rms(NoiseShots.FromRepeats(repeated, 4)), 3e-4); // 1440 free differences: 2 % of 5 mV, three times
        Assert.Throws<ArgumentException>(() => NoiseShots.FromRepeats(repeated, 3));
    }

    [Fact]
    public async Task What_a_noisy_twin_scatters_by_is_its_sigma_and_a_shots_noise_is_its_own()
    {
        await using NoisyTwinSystem noisy = Noisy(0), again = Noisy(0), other = Noisy(1);
        float[] unit = new float[TinyTask.Plan.Slots * 400];
        for (int i = 0; i < unit.Length; i++) { unit[i] = 0.9f * (i % TinyTask.Plan.Slots) / TinyTask.Plan.Slots; } // one shot, 400 times
        Stimulus stimulus = RandomShots.ToStimulus(1000, unit, [0.5f], 400, TinyTask.Plan, TinyTask.Drive, noisy.Description);
        Measurement measured = await noisy.RunAsync(stimulus, default);
        ShotCall call = ShotCall.Of(measured, TinyTask.Plan);
        float[] sigma = new float[call.Windows.Length];
        Noise.Value.Sigma(call.Slots, call.Actuators, call.Shots, sigma);
        for (int w = 0; w < TinyTask.Plan.Windows; w++)
        {
            double[] windows = [.. Enumerable.Range(0, 400).Select(s => (double)call.Windows[(s * TinyTask.Plan.Windows) + w])];
            double mean = windows.Average(), sd = Math.Sqrt(windows.Average(v => Math.Pow(v - mean, 2)));
            Assert.Equal(1, sd / sigma[w], 0.13); // 400 draws know their σ to 1/√800 = 3.5 %; this is 3.7 of those
        }

        Assert.Equal(measured.Volts, (await again.RunAsync(stimulus, default)).Volts);
        Assert.NotEqual(measured.Volts, (await other.RunAsync(stimulus, default)).Volts);
    }

    private static readonly Lazy<NoiseTwin> Noise = new(() => NoiseTwin.Fit(Residuals(1, calls: 12), TinyTask.Plan, Settings with { Epochs = 10 }, 1, default));

    private static NoisyTwinSystem Noisy(ulong seed)
    {
        int inputs = TinyTask.Plan.Slots + 1;
        float[] ones = [.. Enumerable.Repeat(1f, inputs)], outputs = [.. Enumerable.Repeat(1f, TinyTask.Plan.Windows)];
        return new NoisyTwinSystem(
            new MlpTwin(new TwinScale(ones, ones, outputs, outputs), [8], 1, actuators: 1), Noise.Value, TinyTask.Plan, TinyTask.System().Description, seed);
    }

    // 10 mV, up to 7 times as much where the window's second slot is driven hard, and the actuator adds half.
    private static double Known(ShotCall call, int shot, int window)
    {
        double slot = call.Slots[(shot * TinyTask.Plan.Slots) + (2 * window) + 1];
        return 0.01 * (1 + (1.5 * slot * slot)) * (1 + (0.5 * call.Actuators[0]));
    }

    private static ShotSet Residuals(ulong seed, int calls)
    {
        var random = new SeededRandom(seed);
        var set = new ShotSet();
        for (int c = 0; c < calls; c++)
        {
            const int Shots = 15;
            float[] slots = [.. Enumerable.Range(0, Shots * TinyTask.Plan.Slots).Select(_ => (3 * random.NextSingle()) - 1.5f)];
            var call = new ShotCall(Shots, slots, [(2 * random.NextSingle()) - 1], new float[Shots * TinyTask.Plan.Windows]);
            for (int i = 0; i < call.Windows.Length; i++)
            {
                call.Windows[i] = (float)(Known(call, i / TinyTask.Plan.Windows, i % TinyTask.Plan.Windows) * random.NextNormal());
            }

            set.Add(call);
        }

        return set;
    }

    private static double Rms(ShotSet set) => Math.Sqrt(set.Calls.SelectMany(call => call.Windows).Average(volts => (double)volts * volts));
}
