using PnnEdge.Training.Systems;

namespace PnnEdge.Conformance;

/// <summary>What every physical system promises. Inherit, open yours, and the facts run.</summary>
public abstract class PhysicalSystemConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Opens a fresh system; the suite disposes it.</summary>
    protected abstract Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation);

    [Fact]
    public Task A_measurement_has_the_described_shape_and_is_finite() => WithSystem(async (system, cancellation) =>
    {
        SystemDescription description = system.Description;
        Measurement measured = await system.RunAsync(ConformanceStimuli.Batch(description), cancellation);
        Assert.Equal(ConformanceStimuli.FirstShot, measured.FirstShot);
        Assert.Equal(ConformanceStimuli.Shots, measured.Shots);
        Assert.Equal(ConformanceStimuli.Shots * description.StimulusSamples, measured.AppliedVolts.Length);
        Assert.Equal(description.ActuatorCount, measured.AppliedActuatorVolts.Length);
        Assert.Equal(ConformanceStimuli.Shots * description.MeasurementSamples, measured.Volts.Length);
        Assert.All(measured.Volts, volts => Assert.True(description.MeasurementRange.Contains(volts), $"{volts} V was measured in a range of {description.MeasurementRange}."));
    });

    [Fact]
    public Task Applied_volts_are_those_asked_to_half_a_converter_step() => WithSystem(async (system, cancellation) =>
    {
        Stimulus asked = ConformanceStimuli.Batch(system.Description);
        float[] copy = [.. asked.Volts];
        Measurement measured = await system.RunAsync(asked, cancellation);

        // Beside the half step: the rounding of a volt in single precision.
        double tolerance = (0.5 * system.Description.StimulusStepVolts) + (1e-6 * system.Description.StimulusRange.MaxVolts);
        for (int i = 0; i < copy.Length; i++) { Assert.Equal(copy[i], measured.AppliedVolts[i], tolerance); }
        Assert.Equal(copy, asked.Volts);
    });

    [Fact]
    public Task A_shot_measures_the_same_alone_in_a_batch_and_again() => WithSystem(async (system, cancellation) =>
    {
        SystemDescription description = system.Description;
        Measurement batch = await system.RunAsync(ConformanceStimuli.Batch(description), cancellation);
        for (int shot = ConformanceStimuli.Shots - 1; shot >= 0; shot--)
        {
            Measurement alone = await system.RunAsync(ConformanceStimuli.Alone(description, shot), cancellation);
            Assert.Equal(ConformanceStimuli.FirstShot + (ulong)shot, alone.FirstShot);
            Assert.Equal(batch.Volts.AsSpan(shot * description.MeasurementSamples, description.MeasurementSamples).ToArray(), alone.Volts);
            Assert.Equal(batch.AppliedVolts.AsSpan(shot * description.StimulusSamples, description.StimulusSamples).ToArray(), alone.AppliedVolts);
        }
    });

    [Fact]
    public Task Different_stimuli_measure_differently() => WithSystem(async (system, cancellation) =>
    {
        int samples = system.Description.MeasurementSamples;
        Measurement batch = await system.RunAsync(ConformanceStimuli.Batch(system.Description), cancellation);
        Assert.NotEqual(batch.Volts.AsSpan(0, samples).ToArray(), batch.Volts.AsSpan(samples, samples).ToArray());
    });

    [Fact]
    public Task A_volt_beyond_the_range_is_refused_whole() => Refused<ArgumentOutOfRangeException>(
        (description, stimulus) => stimulus.Volts[^1] = description.StimulusRange.MaxVolts + 1);

    [Fact]
    public Task A_volt_below_the_range_is_refused_whole() => Refused<ArgumentOutOfRangeException>(
        (description, stimulus) => stimulus.Volts[^1] = description.StimulusRange.MinVolts - 1);

    [Fact]
    public Task A_NaN_is_refused_whole() => Refused<ArgumentOutOfRangeException>((_, stimulus) => stimulus.Volts[^1] = float.NaN);

    [Fact]
    public Task An_infinite_volt_is_refused_whole() => Refused<ArgumentOutOfRangeException>((_, stimulus) => stimulus.Volts[0] = float.NegativeInfinity);

    [Fact]
    public Task An_actuator_beyond_its_range_or_NaN_is_refused_whole() => WithSystem(async (system, cancellation) =>
    {
        int count = system.Description.ActuatorCount;
        foreach (int a in new[] { 0, count / 3, count / 2, count - 1 }.Where(a => a < count && a >= 0).Distinct())
        {
            foreach (float wrong in new[] { system.Description.ActuatorAt(a).Range.MaxVolts + 1, float.NaN })
            {
                Stimulus stimulus = ConformanceStimuli.Batch(system.Description);
                stimulus.ActuatorVolts[a] = wrong;
                long before = system.Usage.Passes;
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => system.RunAsync(stimulus, cancellation));
                Assert.Equal(before, system.Usage.Passes);
            }
        }
    });

    [Fact]
    public Task A_stimulus_of_another_shape_is_refused() => WithSystem(async (system, cancellation) =>
    {
        Stimulus batch = ConformanceStimuli.Batch(system.Description);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => system.RunAsync(batch with { Volts = batch.Volts[1..] }, cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => system.RunAsync(batch with { Shots = 0, Volts = [] }, cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => system.RunAsync(batch with { ActuatorVolts = [.. batch.ActuatorVolts, 0f] }, cancellation));
    });

    [Fact]
    public Task After_a_refusal_the_system_still_measures() => WithSystem(async (system, cancellation) =>
    {
        Stimulus wrong = ConformanceStimuli.Batch(system.Description);
        wrong.Volts[0] = float.NaN;
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => system.RunAsync(wrong, cancellation));
        Measurement measured = await system.RunAsync(ConformanceStimuli.Batch(system.Description), cancellation);
        Assert.Equal(ConformanceStimuli.Shots, measured.Shots);
    });

    [Fact]
    public Task Every_shot_counts_as_one_pass() => WithSystem(async (system, cancellation) =>
    {
        long before = system.Usage.Passes;
        await system.RunAsync(ConformanceStimuli.Batch(system.Description), cancellation);
        Assert.Equal(before + ConformanceStimuli.Shots, system.Usage.Passes);
    });

    [Fact]
    public Task A_cancelled_call_plays_nothing() => WithSystem(async (system, _) =>
    {
        long before = system.Usage.Passes;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.RunAsync(ConformanceStimuli.Batch(system.Description), new CancellationToken(canceled: true)));
        Assert.Equal(before, system.Usage.Passes);
    });

    private Task Refused<TException>(Action<SystemDescription, Stimulus> spoil) where TException : Exception => WithSystem(async (system, cancellation) =>
    {
        Stimulus stimulus = ConformanceStimuli.Batch(system.Description);
        spoil(system.Description, stimulus);
        long before = system.Usage.Passes;
        await Assert.ThrowsAsync<TException>(() => system.RunAsync(stimulus, cancellation));
        Assert.Equal(before, system.Usage.Passes);
    });

    private async Task WithSystem(Func<IPhysicalSystem, CancellationToken, Task> fact)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using IPhysicalSystem system = await OpenAsync(limit.Token);
        await fact(system, limit.Token);
    }
}
