using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.VirtualDevice.Tests.Calibration;

/// <summary>One circuit's fingerprint, and who else has it.</summary>
public sealed class KnownAgainTests : IAsyncLifetime
{
    private static readonly ShotShape Shape = ShotShape.Throughout(128);
    private static readonly AllowedDrift Allowed = new(Gain: 0.01, Shape: 0.005);

    private Fingerprint _kept = null!;

    public async ValueTask InitializeAsync()
    {
        await using InProcessSystem bench = Open(1, 0);
        _kept = await FingerprintProbe.TakeAsync(bench, new ProbeSettings { Allowed = Allowed }, FingerprintProbe.CalibrationShots(), (_, _, _) => { }, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InProcessSystem Open(ulong serial, ulong seed, params string[] faults) => new(
        VirtualBoards.Circuit((uint)serial), new CircuitBench(new CircuitBenchOptions { Serial = serial, Seed = seed, Faults = [.. faults.Select(NamedFault.Parse)] }),
        VirtualBoards.CircuitSampleRateHz, Shape, InjectedFaults.None, TimeProvider.System);

    private async Task<FingerprintLook> LookAsync(ulong serial, ulong seed, ulong after = 0, params string[] faults)
    {
        await using InProcessSystem bench = Open(serial, seed, faults);
        return await FingerprintProbe.LookAsync(bench, _kept, new ShotCounter(FingerprintProbe.LookShots().Next + after), CancellationToken.None);
    }

    [Fact]
    public async Task The_same_unit_fits_on_sixty_other_days_with_other_noise()
    {
        // One look in 10,000 may be refused: none of sixty, but for 0.6 % of chance, and seeds are fixed.
        for (ulong day = 1; day <= 60; day++)
        {
            FingerprintLook look = await LookAsync(1, day, day * 300_000);
            Assert.True(look.Fits, $"Day {day}: {look.Told}.");
        }
    }

    [Fact]
    public async Task Other_units_and_swapped_rigs_are_refused_but_where_they_differ_by_less_than_a_bench_may_drift()
    {
        int refused = 0;
        for (ulong serial = 2; serial <= 31; serial++)
        {
            FingerprintLook other = await LookAsync(serial, 5), swapped = await LookAsync(1, 5, 0, $"rig.swap={serial - 1}");
            Assert.Equal(other, swapped); // a swapped rig is that unit, behind the board of the old name
            refused += other.Fits ? 0 : 1;
        }

        Assert.InRange(refused, 27, 30);
    }

    [Theory]
    [InlineData(-0.05, 1_000, true)]
    [InlineData(-0.05, 8_000, false)]
    [InlineData(0.05, 8_000, false)]
    [InlineData(-0.5, 2_000, false)]
    public async Task A_gain_that_drifted_is_told_with_its_size(double perTenThousand, int shots, bool fits)
    {
        FingerprintLook look = await LookAsync(1, 3, (ulong)shots, FormattableString.Invariant($"drift.gain={perTenThousand}"));
        double middle = shots + (8 * 32 / 2), drifted = perTenThousand * middle / 10_000;
        Assert.Equal(drifted, look.GainOff, 0.002); // the day's own gain: jitter of 0.5 % in 8 shots, 32 and 64 times, and some 0.1 % of temperature
        Assert.Equal(fits, look.Fits);
        Assert.True(look.Widths <= look.MostWidths, "A gain is no shape.");
        if (!fits) { Assert.StartsWith($"its gain is {100 * look.GainOff:+0.##;-0.##} % off (at most ", look.Told, StringComparison.Ordinal); }
    }
}
