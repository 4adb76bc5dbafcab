using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class FaultClauses
{
    private static readonly HostCrc32 Crc = new();

    private static HostFrame Clear(string reason = "looked, all is well") => HostFrame.Command(CommandCode.ClearFault, text: reason);

    [Fact]
    [Clause("X-1", Accepts)]
    public void A_fault_makes_the_outputs_safe_and_is_told()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        bench.Health.InterlockClosed = false;
        byte[] told = Assert.Single(bench.Step(), f => FrameHeader.Kind(f) == FrameKind.Fault);
        Assert.Equal(FaultCode.InterlockOpen, FaultReport.Read(told).Code);
        Assert.True(bench.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
    }

    [Fact]
    [Clause("X-1", Refuses)]
    public void A_device_in_fault_refuses_everything_else_and_tells_the_code()
    {
        DeviceBench bench = DeviceBench.InFault();
        HostFrame[] frames =
        [
            HostFrame.Arm(), HostFrame.Plan(1), HostFrame.Parameters(1, 1, DeviceBench.FirstSet), HostFrame.Stimulus(1, 2048, 2048, 2048),
            HostFrame.Command(CommandCode.Renew, 1, 1000), HostFrame.Command(CommandCode.Disarm, 1), HostFrame.Infer(1, 1f),
        ];
        Assert.All(frames, f => Assert.Equal((uint)FaultCode.InterlockOpen, bench.Refuse(f, RefusalReason.Faulted).Detail));
    }

    [Fact]
    [Clause("X-1", Refuses)]
    public void Fault_does_not_go_away_with_its_cause_or_the_connection()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Step(60000);
        bench.Link.Connected = false;
        bench.Step();
        bench.Link.Connected = true;
        List<byte[]> sent = bench.Step();
        Assert.Equal(LinkState.Fault, bench.Loop.State);
        Assert.Equal(LinkState.Fault, BirthCertificate.Read(sent[0]).State);
        Assert.Equal(FaultCode.InterlockOpen, FaultReport.Read(sent[1]).Code);
        bench.Refuse(HostFrame.Arm(), RefusalReason.Faulted);
    }

    [Fact]
    [Clause("X-1", Refuses)]
    public void The_first_fault_is_the_one_kept()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Health.MilliCelsius = 90000;
        bench.Step(1000);
        bench.Loop.ReportFrom(new InvalidOperationException("later"));
        bench.Step(1000);
        byte[] fault = bench.Give(HostFrame.Command(CommandCode.Identify))[1];
        Assert.Equal(FaultCode.InterlockOpen, FaultReport.Read(fault).Code);
    }

    [Fact]
    [Clause("X-2", Accepts)]
    public void A_clear_with_a_reason_leaves_fault()
    {
        DeviceBench bench = DeviceBench.InFault();
        Assert.Equal(LinkState.Idle, bench.Accept(Clear("ü")).State);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
        Assert.Single(bench.Give(HostFrame.Command(CommandCode.Identify)));
        bench.Accept(HostFrame.Arm());
    }

    [Fact]
    [Clause("X-2", Refuses)]
    public void A_clear_without_a_reason_is_refused()
    {
        DeviceBench bench = DeviceBench.InFault();
        Assert.Equal((uint)FaultCode.InterlockOpen, bench.Refuse(Clear(string.Empty), RefusalReason.WrongState).Detail);
        bench.Refuse(Clear(" \t\n "), RefusalReason.WrongState);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
    }

    [Fact]
    [Clause("X-2", Refuses)]
    public void A_clear_while_the_interlock_is_open_or_the_board_hot_is_refused()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Health.InterlockClosed = false;
        bench.Refuse(Clear(), RefusalReason.WrongState);
        bench.Health.InterlockClosed = true;
        bench.Health.MilliCelsius = 80001;
        bench.Refuse(Clear(), RefusalReason.WrongState);
        bench.Health.MilliCelsius = 80000;
        bench.Accept(Clear());
    }

    [Fact]
    [Clause("X-2", Refuses)]
    public void A_clear_whose_outputs_do_not_read_back_safe_is_refused()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Converters.SafeFault = FaultCode.ConverterFailed;
        Assert.Equal(RefusalReason.Faulted, bench.Ask(Clear()).Reason);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
    }

    [Fact]
    [Clause("X-2", Refuses)]
    public void A_clear_of_a_device_without_a_fault_is_refused() =>
        DeviceBench.Connected().Refuse(Clear(), RefusalReason.WrongState);

    [Fact]
    [Clause("X-3", Accepts)]
    public void Clearing_raises_the_epoch_and_stores_it()
    {
        DeviceBench bench = DeviceBench.InFault();
        Assert.Equal(1u, bench.Accept(Clear()).Epoch);
        Assert.Equal(1u, new DeviceBench(storage: bench.Storage).Loop.Epoch);
    }

    [Fact]
    [Clause("X-3", Refuses)]
    public void The_same_clear_again_does_not_clear_the_next_fault()
    {
        DeviceBench bench = DeviceBench.InFault();
        byte[] clear = Clear().Encode(bench.Loop.Epoch, DeviceBench.Boot, (uint)bench.Clock.NowMillis);
        bench.GiveBytes([.. clear]);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
        bench.Health.InterlockClosed = false;
        bench.Step();
        bench.Health.InterlockClosed = true;
        Assert.Equal(RefusalReason.WrongEpoch, DeviceBench.ReadReply(Assert.Single(bench.GiveBytes([.. clear]))).Reason);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
    }

    [Fact]
    [Clause("X-3", Refuses)]
    public void What_was_sent_before_the_fault_is_refused_after_the_clear()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Health.InterlockClosed = false;
        bench.Step();
        bench.Health.InterlockClosed = true;
        bench.Accept(Clear());
        bench.Refuse(HostFrame.Stimulus(1, 2048, 2048, 2048) with { Epoch = 1 }, RefusalReason.WrongEpoch);
        bench.Refuse(HostFrame.Arm() with { Epoch = 1 }, RefusalReason.WrongEpoch);
    }

    [Fact]
    [Clause("X-4", Accepts)]
    public void A_report_survives_what_is_too_long_or_missing()
    {
        Assert.Equal(new string('x', 80), WriteAndRead(new FaultReport(FaultCode.Exception, 0, 0f, 0f, new string('x', 200)), out _).Text);
        Assert.Equal(string.Empty, WriteAndRead(new FaultReport(FaultCode.Exception, 0, 0f, 0f, null!), out _).Text);
        FaultReport odd = WriteAndRead(new FaultReport(FaultCode.ActuatorReadback, 1, float.NaN, float.PositiveInfinity, new string('ü', 80)), out RefusalReason verdict);
        Assert.Equal(RefusalReason.Accepted, verdict);
        Assert.Equal((0f, 0f), (odd.Asked, odd.Limit));
    }

    [Theory]
    [Clause("X-4", Refuses)]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(255)]
    public void A_report_without_a_defined_code_is_refused(byte code)
    {
        WriteAndRead(new FaultReport((FaultCode)code, 0, 0f, 0f, "?"), out RefusalReason verdict);
        Assert.Equal(RefusalReason.ReservedNotZero, verdict);
    }

    [Fact]
    [Clause("X-4", Refuses)]
    public void A_report_with_81_bytes_of_text_is_refused()
    {
        byte[] frame = new byte[FrameHeader.Bytes + FaultReport.FixedBytes + 81];
        FrameHeader.Write(frame, FrameKind.Fault, 0, 0, 0, 0, 0);
        new FaultReport(FaultCode.Exception, 0, 0f, 0f, "x").Write(frame);
        frame[FaultReport.TextLengthAt] = 81;
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, frame.Length, 4096, Crc));
    }

    [Fact]
    [Clause("X-5", Accepts)]
    public void At_its_limits_a_device_goes_on()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Health.MilliCelsius = 80000;
        Assert.False(bench.Loop.Watchdog.Watch(bench.Clock.NowMillis + 1000, bench.Converters));
        bench.Step(500);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    [Fact]
    [Clause("X-5", Accepts)]
    public void A_loop_that_was_late_without_a_connection_goes_on_with_safe_outputs()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Link.Connected = false;
        bench.Step(1);
        bench.Clock.NowMillis += 1001;
        Assert.True(bench.Loop.Watchdog.Watch(bench.Clock.NowMillis, bench.Converters));
        bench.Step(1);
        Assert.Equal((LinkState.Safe, true), (bench.Loop.State, bench.Converters.OutputsAreSafe));
        bench.Link.Connected = true;
        bench.Step(1);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Theory]
    [Clause("X-5", Refuses)]
    [InlineData(FaultCode.Exception)]
    [InlineData(FaultCode.WatchdogLate)]
    [InlineData(FaultCode.InterlockOpen)]
    [InlineData(FaultCode.Overtemperature)]
    [InlineData(FaultCode.ConverterFailed)]
    [InlineData(FaultCode.ActuatorReadback)]
    public void Every_cause_ends_in_fault_with_the_outputs_safe(FaultCode cause)
    {
        DeviceBench bench = DeviceBench.Ready();
        switch (cause)
        {
            case FaultCode.Exception:
                bench.Converters.PlayThrows = new DivideByZeroException();
                break;
            case FaultCode.WatchdogLate:
                Assert.True(bench.Loop.Watchdog.Watch(bench.Clock.NowMillis + 1001, bench.Converters));
                break;
            case FaultCode.InterlockOpen:
                bench.Health.InterlockClosed = false;
                break;
            case FaultCode.Overtemperature:
                bench.Clock.NowMillis += 200;
                bench.Health.MilliCelsius = 80001;
                break;
            case FaultCode.ConverterFailed:
                bench.Converters.PlayFault = cause;
                break;
            default:
                bench.Converters.SetFault = cause;
                break;
        }

        List<byte[]> sent = bench.Give(HostFrame.Stimulus(1, 2048, 2048, 2048));
        Assert.Equal(cause, FaultReport.Read(Assert.Single(sent, f => FrameHeader.Kind(f) == FrameKind.Fault)).Code);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
        Assert.True(bench.Converters.OutputsAreSafe);
        Assert.DoesNotContain(sent, f => FrameHeader.Kind(f) == FrameKind.Measurement);
    }

    [Fact]
    [Clause("X-5", Refuses)]
    public void Outputs_that_do_not_read_back_safe_at_boot_are_a_fault()
    {
        DeviceBench sound = new();
        Assert.Equal("safe", sound.Converters.Calls[0]);
        Assert.Equal(LinkState.Safe, sound.Loop.State);
        DeviceBench bench = DeviceBench.Ready();
        bench.Converters.SafeFault = FaultCode.ConverterFailed;
        bench.Step(1000);
        Assert.Equal(LinkState.Fault, bench.Loop.State);
    }

    private static FaultReport WriteAndRead(FaultReport report, out RefusalReason verdict)
    {
        byte[] frame = new byte[256];
        FrameHeader.Write(frame, FrameKind.Fault, 0, 0, 0, 0, 0);
        verdict = FrameCheck.Open(frame, FrameHeader.Seal(frame, report.Write(frame), Crc), 4096, Crc);
        return FaultReport.Read(frame);
    }
}
