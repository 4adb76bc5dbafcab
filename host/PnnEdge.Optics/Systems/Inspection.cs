using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Spectra;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>Exposures of one frame, averaged: the dark frame, and what a look at the rig is made of.</summary>
public sealed class Inspection(OpticalRig rig, FramePlayer player, Interlock interlock, Recovery recovery, StimulusFrames frames)
{
    // A host that was stopped for a while in one of them goes on; a shutter that closes in every one has a reason.
    private const int LitTries = 3;

    /// <summary>Closes the shutter, reads dark level and power, opens it and reads the reference pattern.</summary>
    /// <param name="shot">Where drift stands; the exposures take the indices from there on, which training uses again for other frames.</param>
    public async Task<RigLook> LookAsync(ulong shot, SpectrumReduction reduction, CancellationToken cancellation)
    {
        await recovery.SurelyAsync(interlock.CloseAsync);
        double[] dark = Volts(await DarkAsync(shot, cancellation), reduction);
        double watts = await recovery.SurelyAsync(interlock.RequirePowerAsync);
        await recovery.SurelyAsync(interlock.RequireOpenAsync);
        double[] reference = Volts(
            await MeanAsync(shot, RigHealth.Reference(rig.Shaper.Channels), rig.Health.ReferenceExposures, LitAsync, cancellation), reduction);
        return new RigLook(dark, watts, [.. reference.Select((volts, bin) => volts - dark[bin])]);
    }

    /// <summary>With the shutter closed, which the caller has seen to.</summary>
    /// <returns>[pixel], detector units.</returns>
    public Task<double[]> DarkAsync(ulong shot, CancellationToken cancellation) =>
        MeanAsync(shot, new float[rig.Shaper.Channels], rig.Health.DarkExposures, player.PlayAsync, cancellation);

    /// <summary>
    /// As <see cref="FramePlayer.PlayAsync"/>, with light: after a lost connection the shutter is closed, and it may close by itself while frames are read.
    /// What was read then is read again.
    /// </summary>
    public async Task<double[]> LitAsync(ulong shot, byte[] loaded, int count)
    {
        for (int tries = 0; tries < LitTries; tries++)
        {
            if (interlock.IsOpen) { await interlock.RenewAsync(); }
            else { await interlock.OpenAsync(); }
            double[] readings = await player.PlayAsync(shot, loaded, count);
            if (await interlock.IsStillOpenAsync()) { return readings; }
        }

        throw new PhysicalSystemException($"The shutter closed by itself in each of {LitTries} measurements of {count} frames; choose a hold_seconds that is longer than one measurement.");
    }

    private async Task<double[]> MeanAsync(ulong shot, float[] amplitudes, int exposures, Func<ulong, byte[], int, Task<double[]>> play, CancellationToken cancellation)
    {
        double[] mean = new double[rig.Spectrometer.Pixels];
        byte[] frame = frames.Encode(amplitudes, new float[amplitudes.Length]);
        for (int done = 0; done < exposures; done += player.FramesAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(player.FramesAtOnce, exposures - done);
            byte[] loaded = [.. Enumerable.Repeat(frame, count).SelectMany(one => one)];
            ulong first = shot + (ulong)done;
            double[] readings = await recovery.SurelyAsync(() => play(first, loaded, count));
            for (int i = 0; i < readings.Length; i++) { mean[i % mean.Length] += readings[i] / exposures; }
        }

        return mean;
    }

    private static double[] Volts(double[] readings, SpectrumReduction reduction)
    {
        float[] volts = new float[reduction.Bins];
        reduction.Reduce(readings, volts);
        return [.. volts.Select(v => (double)v)];
    }
}
