using PnnEdge.Conformance;
using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Codecs;

public sealed class CodecConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) =>
        Task.FromResult(CodecBoardTests.Open(new CircuitBench(new CircuitBenchOptions { Parameters = CircuitParameters.CodecRate, HasBias = false, Seed = 3, Threads = 1 }), 64));
}

/// <summary>The firmware's StreamConverters on simulated codecs, from volts to volts.</summary>
public class CodecBoardTests(ITestOutputHelper output)
{
    private const int Samples = 384;
    private const double RateHz = VirtualBoards.CodecSampleRateHz;

    internal static IPhysicalSystem Open(IBenchPhysics bench, int samples, uint serial = 5, params string[] faults) => AlignedSystem.Over(
        new InProcessSystem(VirtualBoards.Codec(serial), bench, RateHz, ShotShape.Throughout(samples), Inject.These(string.Join(", ", faults)), TimeProvider.System));

    /// <summary>
    /// Against the circuit alone behind the high-pass. Left are the input's step of 92 µV, the noise of 24 µV, and what the short interpolation makes of the part
    /// near half the rate: an output steps by up to 5.8 V, and the circuit's second pole leaves 1/600 of a step at 38 kHz. The bench's own noise is 10 mV.
    /// </summary>
    [Fact]
    public async Task What_comes_back_is_the_circuit_s_answer_at_its_own_times_behind_the_input_s_high_pass()
    {
        CircuitBenchOptions quiet = CircuitBenchOptions.Ideal with { Parameters = CircuitParameters.CodecRate, HasBias = false };
        await using IPhysicalSystem system = Open(new CircuitBench(quiet), Samples);
        Stimulus asked = Batch(20);
        Measurement measured = await system.RunAsync(asked, CancellationToken.None);
        float[] expected = new float[measured.Volts.Length];
        new CircuitBench(quiet).Run(asked.FirstShot, asked.Shots, Samples, measured.AppliedVolts, [], expected);
        for (int s = 0; s < asked.Shots; s++) { HighPass(expected.AsSpan(s * Samples, Samples)); }
        double[] errors = [.. expected.Zip(measured.Volts, (a, b) => (double)Math.Abs(a - b))];
        output.WriteLine($"error: {1e3 * Math.Sqrt(errors.Average(e => e * e)):f3} mV rms, {1e3 * errors.Max():f3} mV at most");
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0, 5e-4);
        Assert.InRange(errors.Max(), 0, 5e-3);
        Assert.InRange(expected.Max(), 1, 3); // and it did move, into conduction
        double[] lags = [.. ((AlignedSystem)system).Lags.Select(lag => lag.Samples)];
        Assert.InRange(lags.Min(), VirtualCodecs.LeastLagSamples, 200); // 20 of them spread from 37 to 600
        Assert.InRange(lags.Max(), 437, 600);
        Assert.All(((AlignedSystem)system).Lags, lag => Assert.InRange(lag.StandardError, 0, 1e-3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37.25)]
    [InlineData(300.5)]
    [InlineData(600)]
    public void A_lag_given_is_the_lag_found(double lag)
    {
        var codecs = new VirtualCodecs(VirtualBoards.Codec(1), new EchoBench(), RateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null, _ => lag);
        codecs.PulseEnable();
        float[] heard = Play(codecs, LinearChirp.OfCodecs, out int flags);
        Assert.Equal(0, flags);
        FoundLag found = new ChirpFinder(LinearChirp.OfCodecs).Find(heard, AlignedShot.LeadSamples, 600);

        // The window's edges leave 1e-5 of the chirp outside the band, and the high-pass moves 2 kHz by 1e-3 rad, 0.007 samples at its slowest edge and less above.
        Assert.Equal(lag, found.Samples, 2e-3);
        Assert.Equal(1, found.Amplitude, 1e-3);
    }

    [Fact]
    public void Every_block_lags_by_another_amount_and_the_same_block_by_the_same()
    {
        double Lag(uint serial, ulong shot)
        {
            var codecs = new VirtualCodecs(VirtualBoards.Codec(serial), new EchoBench(), RateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null);
            codecs.PulseEnable();
            return new ChirpFinder(LinearChirp.OfCodecs).Find(Play(codecs, LinearChirp.OfCodecs, out _, shot), AlignedShot.LeadSamples, 600).Samples;
        }

        Assert.Equal(Lag(1, 7), Lag(1, 7));
        Assert.Equal(4, new[] { Lag(1, 7), Lag(1, 8), Lag(2, 7), Lag(2, 8) }.Select(lag => Math.Round(lag, 2)).Distinct().Count());
    }

    [Fact]
    public void Without_the_enable_line_nothing_is_played_and_the_block_ran_dry()
    {
        FunctionBench bench = new(0, (drive, _) => drive);
        var codecs = new VirtualCodecs(VirtualBoards.Codec(1), bench, RateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null);
        Play(codecs, LinearChirp.OfCodecs, out int flags);
        Assert.Equal(MeasurementBlock.UnderrunFlag, flags);
        Assert.Empty(bench.Driven);
    }

    [Fact]
    public async Task A_voltage_that_lasts_fades_as_behind_the_real_input()
    {
        await using IPhysicalSystem system = Open(new EchoBench(), Samples);
        Measurement measured = await system.RunAsync(new Stimulus(1, 1, [.. Enumerable.Repeat(1f, Samples)], []), CancellationToken.None);
        double left = measured.Volts[350] / measured.Volts[50];
        Assert.Equal(Math.Exp(-2 * Math.PI * 1.82 * 300 / RateHz), left, 3e-3); // 0.965; 3e-3 for the ripple of a step's own corners
    }

    [Fact]
    public void A_shot_too_long_for_a_frame_beside_its_lag_is_refused_in_one_sentence()
    {
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => Open(new EchoBench(), 400));
        Assert.Contains("lag of up to 600 samples", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Actuators_and_a_stuck_bit_that_the_codec_has_not_are_refused()
    {
        Board board = VirtualBoards.Codec(1);
        board.Channels = [.. board.Channels, VirtualBoards.Circuit(1).OfRole(ChannelRole.Actuator)[0]];
        Assert.Throws<ArgumentException>(() => new VirtualCodecs(VirtualBoards.Codec(1), new FunctionBench(1, (drive, _) => drive), RateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null));
        Assert.Throws<ArgumentException>(() => new VirtualCodecs(board, new EchoBench(), RateHz, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null));
        Assert.Throws<ArgumentException>(() => new VirtualCodecs(VirtualBoards.Codec(1), new EchoBench(), RateHz, Inject.These("adc.stuck=16"), TimeProvider.System, Pacing.AsFastAsPossible, null));
    }

    private static Stimulus Batch(int shots)
    {
        Random random = new(4);
        float[] volts = new float[shots * Samples];
        for (int i = 0; i < volts.Length; i += 8) { volts.AsSpan(i, 8).Fill((float)((random.NextDouble() * 5.8) - 2.9)); }
        return new Stimulus(9, shots, volts, []);
    }

    /// <summary>The right channel of one shot that plays a chirp of 1 V there; [sample], V.</summary>
    private static float[] Play(VirtualCodecs codecs, LinearChirp chirp, out int flags, ulong shot = 0)
    {
        ShotShape shape = new AlignedShot(ShotShape.Throughout(16), 600).Played;
        RunPlan plan = new()
        {
            SampleRateMilliHertz = 96_000_000,
            StimulusChannels = 2,
            MeasurementChannels = 2,
            StimulusWords = 2 * shape.StimulusSamples,
            MeasurementWords = 2 * shape.MeasurementSamples,
            RestSamples = shape.RestSamples,
            ShotsPerBlock = 1,
        };
        float[] volts = new float[plan.StimulusWords], heard = new float[plan.MeasurementWords];
        for (int n = 0; n < chirp.Samples; n++) { volts[(2 * (AlignedShot.LeadSamples + n)) + 1] = (float)chirp.At(n).Value; }
        byte[] stimulus = new byte[2 * volts.Length], measurement = new byte[2 * heard.Length];
        Board board = VirtualBoards.Codec(1);
        new VoltScale(board.OfRole(ChannelRole.Stimulus)[0]).EncodeWords(volts, 0, volts.Length, stimulus, 0);
        codecs.SetSampleRate(96_000_000);
        flags = codecs.Play(plan, shot, 1, stimulus, 0, measurement, 0);
        new VoltScale(board.OfRole(ChannelRole.Measurement)[0]).DecodeWords(measurement, 0, heard.Length, heard, 0);
        return [.. Enumerable.Range(0, heard.Length / 2).Select(n => heard[(2 * n) + 1])];
    }

    // 1.82 Hz, as a difference and a leaky sum.
    private static void HighPass(Span<float> volts)
    {
        double kept = Math.Exp(-2 * Math.PI * 1.82 / RateHz), high = 0, before = 0;
        foreach (ref float value in volts)
        {
            high = (kept * high) + value - before;
            before = value;
            value = (float)high;
        }
    }
}
