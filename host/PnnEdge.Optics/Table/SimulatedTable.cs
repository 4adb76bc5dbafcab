using System.Numerics;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Shaping;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Optics.Table;

/// <summary>
/// A laser with power monitor and shutter, a modulator, the crystal of <see cref="SecondHarmonicBench"/> with its drift and faults, and a
/// spectrometer with a pedestal of its own. What a call asks wrongly is a <see cref="ScpiRefusalException"/>.
/// </summary>
/// <remarks>
/// The simulated crystal knows amplitudes with a phase of 0 or π; another one is refused. A full amplitude is the same light whichever modulator
/// gives it, though a DMD's first order has a tenth of what an SLM lets through. Exposure scales everything above the pedestal, noise included.
/// Not for several threads.
/// </remarks>
public sealed class SimulatedTable
{
    public const double MeanWatts = 0.1;

    /// <summary>What the detector reads without light and dark level.</summary>
    public const double Pedestal = 1500;

    /// <summary>More than 256 grey levels or 257 rows of mirrors leave of a phase of 0 or π.</summary>
    private const double LargestQuadrature = 0.03;

    /// <summary>What its modulator's memory holds.</summary>
    public const int MostFrames = 64;

    private const int MostAverages = 1000;
    private const double MostSeconds = 10;

    private const int WordBits = 16;

    private readonly NamedFault[] _stuckBits;
    private readonly SecondHarmonicBench _bench;
    private readonly OpticalRig _rig;
    private readonly FrameEncoder _optics;
    private readonly int[] _binOfPixel;
    private float[] _amplitudes;
    private int _averages = 1;
    private double _seconds;

    /// <param name="rig">How modulator and spectrometer lie in the light, truly.</param>
    /// <param name="stuckBits">Bits that read 1 in every word of the detector (<c>adc.stuck</c>); null for none.</param>
    public SimulatedTable(OpticalRig rig, SecondHarmonicBench bench, IReadOnlyList<NamedFault>? stuckBits = null)
    {
        _stuckBits = [.. stuckBits ?? []];
        if (Array.Find(_stuckBits, fault => fault.Magnitude >= WordBits) is { Magnitude: > 0 and double bit }) { throw new ArgumentException($"Asked fault adc.stuck for bit {bit}; the simulated spectrometer has bits 0 to {WordBits - 1}."); }
        (_rig, _bench, _optics) = (rig, bench, rig.Encoder());
        WavelengthsNm = SpectrometerAxis(rig).AllNm();
        _binOfPixel = rig.Bins.Of(WavelengthsNm, "The simulated spectrometer");
        _seconds = rig.Spectrometer.IntegrationSeconds;
        _amplitudes = AtRest();
    }

    /// <summary>[pixel], nm.</summary>
    public double[] WavelengthsNm { get; }

    public bool IsShutterOpen { get; set; }

    /// <summary>Logical index of the next exposure.</summary>
    public ulong NextShot { get; set; }

    /// <summary>[spectrum, pixel], detector units: those of the last <see cref="Measure"/>.</summary>
    public double[] Spectra { get; private set; } = [];

    /// <summary>Before the shutter, W.</summary>
    public double PowerWatts => MeanWatts * _bench.PulseEnergy(NextShot);

    /// <param name="count">Exposures averaged into one spectrum.</param>
    public void SetAverages(ulong count) => _averages = count is >= 1 and <= MostAverages ? (int)count : throw new ScpiRefusalException(-222, $"1 to {MostAverages} exposures are possible");

    public void SetIntegration(double seconds) => _seconds = seconds is > 0 and <= MostSeconds ? seconds : throw new ScpiRefusalException(-222, $"up to {MostSeconds} s are possible");

    /// <param name="block">Frames as they come over a wire.</param>
    public void LoadBlock(byte[] block)
    {
        int bytes = _rig.Shaper.Block.BytesPerFrame;
        if (block.Length == 0 || block.Length % bytes != 0) { throw new ScpiRefusalException(-161, $"a frame has {bytes} bytes, {block.Length} came"); }
        if (block.Length / bytes > MostFrames) { throw new ScpiRefusalException(-223, $"{MostFrames} frames of {bytes} bytes are possible, {block.Length} bytes came"); }
        LoadFrames(_rig.Shaper.Block.FramesOf(block));
    }

    /// <param name="frames">[frame, row, column], grey level.</param>
    public void LoadFrames(byte[] frames)
    {
        int bytes = _optics.FrameBytes;
        var field = new Complex[_optics.Channels];
        float[] amplitudes = new float[frames.Length / bytes * field.Length];
        for (int frame = 0; frame < frames.Length / bytes; frame++)
        {
            _optics.Decode(frames.AsSpan(frame * bytes, bytes), field);
            for (int channel = 0; channel < field.Length; channel++)
            {
                if (Math.Abs(field[channel].Imaginary) > LargestQuadrature) { throw new ScpiRefusalException(-222, $"frame {frame} has a phase on channel {channel} that is neither 0 nor pi"); }
                amplitudes[(frame * field.Length) + channel] = (float)field[channel].Real;
            }
        }

        _amplitudes = amplitudes;
    }

    /// <summary>One spectrum of every frame that is loaded.</summary>
    public void Measure()
    {
        int channels = _optics.Channels, bins = _rig.Spectrometer.Bins, samples = channels + bins;
        int frames = _amplitudes.Length / channels, exposures = frames * _averages;
        float[] drive = new float[exposures * samples], node = new float[exposures * samples];
        for (int exposure = 0; exposure < exposures && IsShutterOpen; exposure++)
        {
            _amplitudes.AsSpan(exposure / _averages * channels, channels).CopyTo(drive.AsSpan(exposure * samples));
        }

        _bench.Run(NextShot, exposures, samples, drive, [], node);
        ulong firstShot = NextShot;
        NextShot += (ulong)exposures;
        double[] spectra = new double[frames * _binOfPixel.Length];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int pixel = 0; pixel < _binOfPixel.Length; pixel++)
            {
                double sum = 0;
                for (int e = 0; e < _averages; e++) { sum += Reading(firstShot, node, (frame * _averages) + e, samples, _binOfPixel[pixel]); }
                spectra[(frame * _binOfPixel.Length) + pixel] = Math.Round(sum / _averages);
            }
        }

        Spectra = spectra;
    }

    /// <summary>As after power on, but for the shot count.</summary>
    public void Reset()
    {
        IsShutterOpen = false;
        (_averages, _seconds, Spectra) = (1, _rig.Spectrometer.IntegrationSeconds, []);
        _amplitudes = AtRest();
    }

    private float[] AtRest() => [.. Enumerable.Repeat((float)_optics.AmplitudeAtRest, _optics.Channels)];

    /// <summary>The rig's bins, one pixel each, and as many beside them as its detector has left, half on either side; wavelengths rise.</summary>
    private static SpectralAxis SpectrometerAxis(OpticalRig rig)
    {
        SpectrometerSettings s = rig.Spectrometer;
        double nmPerPixel = Math.Abs(s.LastNm - s.FirstNm) / s.Bins, middle = (s.FirstNm + s.LastNm) / 2;
        return new SpectralAxis([middle - (nmPerPixel * (s.Pixels - 1) / 2), nmPerPixel], s.Pixels);
    }

    private double Reading(ulong firstShot, float[] node, int exposure, int samples, int bin)
    {
        double volts = bin < 0 ? 0 : node[(exposure * samples) + _optics.Channels + bin];
        double reading = Pedestal + (volts / _rig.Spectrometer.VoltsPerUnit * (_seconds / _rig.Spectrometer.IntegrationSeconds));
        reading = Math.Clamp(Math.Round(reading), _rig.Spectrometer.LowestReading, _rig.Spectrometer.HighestReading); // a detector ends there
        foreach (NamedFault stuck in _stuckBits) { reading = stuck.HasBegun(firstShot + (ulong)exposure) ? (int)reading | (1 << (int)stuck.Magnitude) : reading; }
        return reading;
    }
}
