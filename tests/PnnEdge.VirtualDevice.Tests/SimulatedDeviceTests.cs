using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests;

/// <summary>The device in its own threads; its time is the test's wherever time decides.</summary>
public class SimulatedDeviceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_it_measures_equals_the_in_process_system_bit_for_bit()
    {
        Stimulus batch = InProcessSystemTests.Batch(6);
        await using InProcessSystem inProcess = InProcessSystemTests.Circuit();
        Measurement expected = await inProcess.RunAsync(batch, CancellationToken.None);

        Board board = VirtualBoards.Circuit(7);
        WireToDevice wire = new();
        using SimulatedDevice device = Start(board, new CircuitBench(new CircuitBenchOptions { Seed = 11, Threads = 1 }), wire, TimeProvider.System);
        wire.Expect(FrameKind.Hello);
        wire.Arm(10_000);
        wire.Prepare(Bench.Plan(100, p => p.Actuators = 1), batch.ActuatorVolts);
        VoltScale node = new(-10f, 10f, 12);
        float[] measured = new float[batch.Volts.Length];
        for (int part = 0; part < 2; part++)
        {
            wire.Stimulus((uint)part + 1, batch.FirstShot + (3 * (ulong)part), 3, batch.Volts.AsSpan(300 * part, 300).ToArray(), board);
            node.DecodeWords(wire.Expect(FrameKind.Measurement), MeasurementBlock.CodesAt, 300, measured, 300 * part);
        }

        Assert.Equal(expected.Volts, measured);
    }

    [Fact]
    public void When_its_host_falls_silent_the_lease_lapses_and_the_enable_line_drops()
    {
        ManualTime time = new();
        Board board = VirtualBoards.Circuit(7);
        WireToDevice wire = new();
        using SimulatedDevice device = Start(board, new FunctionBench(1, (drive, _) => drive), wire, time);
        wire.Expect(FrameKind.Hello);
        wire.Arm(1000);
        wire.Prepare(Bench.Plan(4, p => p.Actuators = 1), 0.5f);
        wire.Stimulus(1, 0, 1, [1f, 1f, 1f, 1f], board);
        wire.Expect(FrameKind.Measurement);
        Assert.Equal(0.5f, device.Converters.ActuatorVolts()[0], 1e-3f);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True(device.Converters.IsEnabled);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(SpinWait.SpinUntil(() => !device.Converters.IsEnabled, Patience));
        Assert.Equal([0f], device.Converters.ActuatorVolts());
        Assert.True(SpinWait.SpinUntil(() => device.Loop.State == LinkState.Idle, Patience));
    }

    [Fact]
    public void When_the_wire_is_lost_the_outputs_are_safe_though_no_time_passes()
    {
        WireToDevice wire = new();
        using SimulatedDevice device = Start(VirtualBoards.Circuit(7), new FunctionBench(1, (drive, _) => drive), wire, new ManualTime());
        wire.Expect(FrameKind.Hello);
        wire.Arm(1000);
        Assert.True(SpinWait.SpinUntil(() => device.Converters.IsEnabled, Patience));
        wire.Connected = false;
        Assert.True(SpinWait.SpinUntil(() => !device.Converters.IsEnabled && device.Loop.State == LinkState.Safe, Patience));
        wire.Connected = true;
        wire.Expect(FrameKind.Hello);
        Assert.Equal(LinkState.Idle, device.Loop.State);
    }

    [Fact]
    public void Physics_that_hangs_is_cut_off_by_the_watchdog_and_told_as_a_late_loop()
    {
        ManualTime time = new();
        Board board = VirtualBoards.Circuit(7);
        using ManualResetEventSlim hangs = new(), release = new();
        FunctionBench physics = new(1, (drive, _) => drive)
        {
            Hook = () =>
            {
                hangs.Set();
                release.Wait(Patience);
            },
        };
        WireToDevice wire = new();
        using SimulatedDevice device = Start(board, physics, wire, time);
        wire.Expect(FrameKind.Hello);
        wire.Arm(10_000);
        wire.Prepare(Bench.Plan(4, p => p.Actuators = 1), 0.5f);
        wire.Stimulus(1, 0, 1, [1f, 1f, 1f, 1f], board);
        Assert.True(hangs.Wait(Patience));
        Assert.True(device.Converters.IsEnabled);
        time.Advance(TimeSpan.FromMilliseconds(board.LoopWatchdogMillis + 1));
        Assert.True(SpinWait.SpinUntil(() => !device.Converters.IsEnabled, Patience));
        Assert.Equal([0f], device.Converters.ActuatorVolts());
        release.Set();
        Assert.Equal(FaultCode.WatchdogLate, FaultReport.Read(wire.Expect(FrameKind.Fault)).Code);
        Assert.Equal(RefusalReason.Faulted, ReplyFrame.Reason(wire.Expect(FrameKind.Reply)));
    }

    [Fact]
    public void Stopped_while_it_plays_in_real_time_it_ends_at_once_with_safe_outputs()
    {
        ManualTime time = new();
        Board board = VirtualBoards.Circuit(7);
        WireToDevice wire = new();
        SimulatedDevice device = Start(board, new FunctionBench(1, (drive, _) => drive), wire, time, Pacing.RealTime);
        wire.Expect(FrameKind.Hello);
        wire.Arm(10_000);
        wire.Prepare(Bench.Plan(10_000, p => (p.Actuators, p.ShotsPerBlock) = (1, 1)), 0.5f);
        wire.Stimulus(1, 0, 1, new float[10_000], board);
        Assert.True(time.WaitForAWaiter());
        Assert.Equal(LinkState.Running, device.Loop.State);
        device.Dispose();
        Assert.False(device.Converters.IsEnabled);
        Assert.Equal([0f], device.Converters.ActuatorVolts());
        device.Dispose();
    }

    [Fact]
    public void An_open_interlock_is_told_and_cleared_only_when_closed()
    {
        WireToDevice wire = new();
        using SimulatedDevice device = Start(VirtualBoards.Echo(7), new EchoBench(), wire, new ManualTime());
        wire.Expect(FrameKind.Hello);
        device.Health.InterlockClosed = false;
        Assert.Equal(FaultCode.InterlockOpen, FaultReport.Read(wire.Expect(FrameKind.Fault)).Code);
        Assert.False(device.Converters.IsEnabled);
    }

    private static SimulatedDevice Start(Board board, IBenchPhysics physics, WireToDevice wire, TimeProvider time, Pacing pacing = Pacing.AsFastAsPossible)
    {
        SimulatedDevice device = new(board, physics, Bench.RateHz, wire, new MemoryStorage(), time, pacing, InjectedFaults.None, bootId: 9);
        device.Start();
        return device;
    }
}
