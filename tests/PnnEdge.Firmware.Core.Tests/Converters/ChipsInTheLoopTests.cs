using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Firmware.Drivers;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.Ports;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Converters;

/// <summary>The whole device on simulated chips: from a frame to bytes on a bus, and from a chip that fails to a latched fault.</summary>
public class ChipsInTheLoopTests
{
    // ±10 V behind level shifters, as the rig's channels say: a code of the wire is a code of the chip.
    private const double ReferenceVolts = 2.5;

    private readonly SimulatedMcp4922 _drive = new(ReferenceVolts);
    private readonly SimulatedDac7678 _gate = new(ReferenceVolts);
    private readonly SimulatedMcp4725 _bias = new(supplyVolts: 3.3);
    private readonly CuttableWire _senseWire;
    private readonly Rig _rig;

    public ChipsInTheLoopTests()
    {
        // In the middle of the drive's code: the input cuts off.
        _senseWire = new CuttableWire(new SimulatedMcp3208(_ => _drive.Volts(0) + (ReferenceVolts / 8192), ReferenceVolts));
        Mcp4922 drive = new(_drive);
        Dac7678 gate = new(_gate);
        Mcp4725 bias = new(_bias);
        Mcp3208 sense = new(_senseWire);
        WordConverters converters = new(
            new Rig().Board,
            [new ChipOutput(code => drive.Write(0, code))],
            [new FollowingInput(() => sense.Read(2))],
            [new ChipOutput(code => gate.Write(0, code)), new ChipOutput(bias.Write)],
            new RecordingEnable(),
            new TickingClock(stepMicros: 10));
        _rig = new Rig(converters: converters);
        _rig.Step();
        _rig.Prepare();
    }

    [Fact]
    public void A_shot_goes_out_through_one_chip_and_comes_back_through_another()
    {
        byte[] answer = _rig.Measure(_rig.Stimulus(1, Rig.Ramp()));
        Assert.Equal(Rig.Ramp(), Enumerable.Range(0, Rig.Samples).Select(i => (int)Bytes.GetUInt16(answer, MeasurementBlock.CodesAt + (2 * i))));
        Assert.Equal(0, MeasurementBlock.Flags(answer));

        // 0.5 V and −0.5 V of ±10 V: codes 2150 and 1946.
        Assert.Equal((2150 * ReferenceVolts / 4096, 1946 * 3.3 / 4096), (_gate.Volts(0), _bias.Volts));
        Assert.Equal(ReferenceVolts / 2, _drive.Volts(0)); // at rest again
    }

    [Fact]
    public void A_chip_that_does_not_acknowledge_is_a_fault_that_names_its_actuator_and_makes_the_others_safe()
    {
        _bias.IsThere = false;
        Assert.Equal(RefusalReason.Faulted, _rig.Ask(_rig.Stimulus(1, Rig.Ramp())).Reason);
        FaultReport fault = FaultReport.Read(_rig.Link.Sent.Last(frame => FrameHeader.Kind(frame) == FrameKind.Fault));
        Assert.Equal((FaultCode.ActuatorReadback, 1), (fault.Code, fault.Actuator));
        Assert.Equal(LinkState.Fault, _rig.Loop.State);
        Assert.Equal((ReferenceVolts / 2, ReferenceVolts / 2), (_gate.Volts(0), _drive.Volts(0)));
    }

    [Fact]
    public void An_input_whose_wire_is_cut_is_a_fault_and_not_a_reading()
    {
        _senseWire.IsCut = true;
        Assert.Equal(RefusalReason.Faulted, _rig.Ask(_rig.Stimulus(1, Rig.Ramp())).Reason);
        Assert.True(_rig.HasTold(FaultCode.ConverterFailed));
        Assert.Equal(ReferenceVolts / 2, _drive.Volts(0));
    }

    private sealed class ChipOutput(Func<int, ChipResult> write) : IWordOutput
    {
        public bool Write(int code) => write(code) == ChipResult.Ok;
    }

    /// <summary>Cut, the data line floats to its pull-up.</summary>
    private sealed class CuttableWire(ISpiPort chip) : ISpiPort
    {
        public bool IsCut { get; set; }

        public bool Transfer(byte[] write, byte[] read, int count)
        {
            bool done = chip.Transfer(write, read, count);
            if (IsCut)
            {
                read.AsSpan(0, count).Fill(0xFF);
            }

            return done;
        }
    }
}
