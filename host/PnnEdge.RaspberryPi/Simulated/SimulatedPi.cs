using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Physics;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>
/// A rig's chips, lines and monostable simulated, a simulated bench behind them: to the code in front the same as the kernel's buses. The drive
/// reaches the bench while the monostable is up, else the bench sees the safe value.
/// </summary>
internal sealed class SimulatedPi : PiBuses
{
    /// <summary>Of the clock: a hundredth of a sample, so that a sample's length is met to 1 %.</summary>
    private const double TicksPerSample = 100;

    private readonly FaultyChips _bench;
    private readonly VoltScale _driveScale;
    private readonly Dictionary<string, SimulatedChip> _chips;
    private readonly double _sampleMicros;
    private long _lastEdgeMicros = long.MinValue / 2;
    private long _blockBeganMicros = -1;

    /// <param name="faults">Of the chips and of the device in front of them; null for none.</param>
    /// <exception cref="PhysicalSystemException">Rig and bench do not fit; one sentence.</exception>
    /// <exception cref="ArgumentException">A bit or an output that the rig does not have; one sentence.</exception>
    public SimulatedPi(PiRig rig, IBenchPhysics bench, InjectedFaults? faults = null)
    {
        (Rig, Faults) = (rig, faults ?? InjectedFaults.None);
        if (bench.ActuatorCount != rig.Actuators.Length)
        {
            throw new PhysicalSystemException($"Rig {rig.Name} has {rig.Actuators.Length} actuators; the simulated {bench.Name} takes {bench.ActuatorCount}.");
        }

        Board board = PiBoard.Describe(rig, simulated: true);
        Faults.RequireOn(board);
        _driveScale = new VoltScale(board.OfRole(ChannelRole.Stimulus)[0]);
        var ofChips = new ConverterFaults(Faults.OfConverters, _driveScale, new VoltScale(board.OfRole(ChannelRole.Measurement)[0]));
        _bench = new FaultyChips(bench, ofChips, [.. rig.Actuators.Select(actuator => actuator.SafeVolts)]);
        _sampleMicros = Math.Round(1e6 / rig.SampleRateHz);
        Clock = new SimulatedClock(Math.Max(1, (long)(_sampleMicros / TicksPerSample)));
        _chips = rig.Chips.ToDictionary(chip => chip.Name, chip => SimulatedChip.Of(chip.Kind, channel => InputPart(chip.Name, channel)));
        Lines[rig.Safety.InterlockLine] = PinValue.High;
        Lines.Changed = line => _lastEdgeMicros = line == rig.Safety.EnableLine ? Clock.NowMicros : _lastEdgeMicros;
    }

    public PiRig Rig { get; }

    public InjectedFaults Faults { get; }

    public SimulatedClock Clock { get; }

    public SimulatedLines Lines { get; } = new();

    /// <summary>The newest that was played; null before.</summary>
    public SimulatedBlock? Block { get; private set; }

    public bool IsConnected => Clock.NowMicros - _lastEdgeMicros < 1000L * Rig.Safety.MonostableMilliseconds;

    public SimulatedChip Chip(string name) => _chips[name];

    /// <summary>What an output drives, V of the bench; not a number where its pin is at high impedance.</summary>
    public float Volts(OutputSettings output)
    {
        double part = _chips[output.Chip].Output(output.Channel);
        return (float)(output.MinVolts + (part * ((double)output.MaxVolts - output.MinVolts)));
    }

    public override SpiDevice OpenSpi(ChipSettings chip, bool inBursts) => _chips[chip.Name].OnSpi(chip.Spi!, OutputsMoved);

    public override I2cDevice OpenI2c(ChipSettings chip) => _chips[chip.Name].OnI2c(chip.I2c!, OutputsMoved);

    public override GpioController OpenLines() => new(Lines);

    /// <summary>Converters that tell the bench, before they play a block, which shots it has; what stuck bits make of the words is done after.</summary>
    public IConverters Watch(IConverters converters) => new Watched(this, converters);

    private void Begin(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt)
    {
        int samples = plan.StimulusWords + plan.RestSamples;
        float[] expected = new float[shots * samples];
        for (int shot = 0; shot < shots; shot++)
        {
            _driveScale.DecodeWords(stimulus, stimulusAt + (2 * shot * plan.StimulusWords), plan.StimulusWords, expected, shot * samples);
            expected.AsSpan((shot * samples) + plan.StimulusWords, plan.RestSamples).Fill(_driveScale.VoltsFromCode(_driveScale.CodeFromVoltsAtRails(Rig.Stimulus.SafeVolts)));
        }

        Block = new SimulatedBlock(_bench, firstShot, shots, expected, [.. Rig.Actuators.Select(Volts)]);
        _blockBeganMicros = -1;
    }

    /// <summary>A chip was spoken to: from the first word of a block on, the time since then says which sample it was.</summary>
    private void OutputsMoved()
    {
        if (Block is not SimulatedBlock block) { return; }
        if (_blockBeganMicros < 0) { _blockBeganMicros = Clock.NowMicros; }
        int sample = SamplesSinceBegin();
        if (sample < block.Samples) { block.Drive(sample, IsConnected ? Volts(Rig.Stimulus) : Rig.Stimulus.SafeVolts); }
    }

    private int SamplesSinceBegin() => (int)Math.Min(int.MaxValue, (Clock.NowMicros - _blockBeganMicros) / (long)_sampleMicros);

    private double InputPart(string chip, int channel)
    {
        InputSettings input = Rig.Measurement;
        int ended = SamplesSinceBegin();
        if (chip != input.Chip || channel != input.Channel || Block is not SimulatedBlock block || _blockBeganMicros < 0 || ended < 1 || ended > block.Samples) { return 0; }
        return (block.Node(ended - 1) - input.MinVolts) / ((double)input.MaxVolts - input.MinVolts);
    }

    private sealed class Watched(SimulatedPi pi, IConverters inner) : IConverters
    {
        public FaultCode MakeSafe() => inner.MakeSafe();

        public void PulseEnable() => inner.PulseEnable();

        public FaultCode SetActuators(float[] volts, out int failed) => inner.SetActuators(volts, out failed);

        public uint SetSampleRate(uint milliHertz) => inner.SetSampleRate(milliHertz);

        public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
        {
            pi.Begin(plan, firstShot, shots, stimulus, stimulusAt);
            int flags = inner.Play(plan, firstShot, shots, stimulus, stimulusAt, measurement, measurementAt);
            pi._bench.OnCodes(plan, firstShot, shots, measurement.AsSpan(measurementAt, 2 * shots * plan.MeasurementWords));
            return flags;
        }
    }
}
