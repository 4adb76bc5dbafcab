using PnnEdge.Firmware.Core;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;

namespace PnnEdge.Link.Tests.Deployment;

/// <summary>A program's way from the host to a device whose bench is a wire from output to input.</summary>
public class ProgramDeskTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly DeviceAddress Address = new("lab", "echo");

    [Fact]
    public async Task A_program_of_several_pieces_arrives_though_every_first_frame_is_lost()
    {
        HashSet<(FrameKind, uint)> seen = [];
        await using DeviceDesk desk = Open(new DirectDevice(Board(), new EchoBench(), 1e6, DirectDevice.Key) { Passes = frame => !seen.Add((FrameHeader.Kind(frame), FrameHeader.Sequence(frame))) }, out DirectDevice device);
        SealedProgram program = await ProgramAsync(desk, DirectDevice.Key, layers: 60);
        Assert.True(program.Bytes.Length > 4096, "It would be one piece.");

        Assert.Equal(2, await new ProgramDesk(desk, Limit).DeployAsync(program, CancellationToken.None));
        Assert.Equal(LinkState.Idle, device.Loop.State);
        Assert.Equal(program.Version, (await new ProgramDesk(desk, Limit).InferAsync([0.1f, 0.9f], CancellationToken.None)).ProgramVersion);
    }

    [Fact]
    public async Task What_one_host_learned_before_another_drove_is_learned_again()
    {
        await using DeviceDesk desk = Open(new DirectDevice(Board(), new EchoBench(), 1e6, DirectDevice.Key), out _);
        ProgramDesk programs = new(desk, Limit);
        SealedProgram program = await ProgramAsync(desk, DirectDevice.Key);
        await programs.DeployAsync(program, CancellationToken.None);
        await programs.InferAsync([0.1f, 0.9f], CancellationToken.None);
        await new ProgramDesk(desk, Limit).DeployAsync(program, CancellationToken.None); // under a newer epoch
        InferAnswer answer = await programs.InferAsync([0.1f, 0.9f], CancellationToken.None);
        Assert.Equal(2, answer.Scores.Length);
    }

    [Fact]
    public async Task Every_refusal_is_one_sentence_and_gives_the_lease_back()
    {
        byte[] other = [.. DirectDevice.Key.Reverse()];
        await RefusedAsync(DirectDevice.Key, other, _ => { }, "Device lab/echo has another key than the one this program is sealed under; give its own with --key-file.");
        await RefusedAsync(null, other, _ => { }, "Device lab/echo has no key, and takes no program; it is given one when it is set up.");
        await RefusedAsync(DirectDevice.Key, DirectDevice.Key, board => board.ProgramBytes = 100, "This program has 254 bytes; device lab/echo takes at most 100.");
        await RefusedAsync(DirectDevice.Key, DirectDevice.Key, board => board.ProgramBytes = 0, "Device lab/echo takes no programs.");
        await RefusedAsync(DirectDevice.Key, DirectDevice.Key, board => board.ProgramMemoryBytes = 349, "This program takes 350 bytes of memory once loaded; device lab/echo has 349 for it.");
    }

    [Fact]
    public async Task A_device_without_a_program_and_a_sample_of_another_length_are_one_sentence_each()
    {
        await using DeviceDesk desk = Open(new DirectDevice(Board(), new EchoBench(), 1e6, DirectDevice.Key), out _);
        ProgramDesk programs = new(desk, Limit);
        Assert.Equal("Device lab/echo has no program; 'pnn deploy' gives it one.", (await Assert.ThrowsAsync<PhysicalSystemException>(() => programs.InferAsync([0.1f], CancellationToken.None))).Message);
        await programs.DeployAsync(await ProgramAsync(desk, DirectDevice.Key), CancellationToken.None);
        Assert.Equal("A sample has 1 features; the program on device lab/echo takes 2.", (await Assert.ThrowsAsync<PhysicalSystemException>(() => programs.InferAsync([0.1f], CancellationToken.None))).Message);
    }

    [Fact]
    public async Task Over_a_broker_a_session_s_lease_keeps_both_program_and_request_out_and_its_end_lets_them_in()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        MemoryStorage storage = new();
        Firmware.Core.Storage.DeviceKey.Provision(storage, new HostCrc32(), DirectDevice.Key);
        await using MqttMessageLink link = new(broker.Address, Address.Site, Address.Device, TimeProvider.System, new Random(4), Board().MaxFrameBytes);
        using SimulatedDevice device = new(
            Board(), new EchoBench(), 1e6, link, storage, TimeProvider.System, Pacing.AsFastAsPossible, InjectedFaults.None, bootId: 8);
        link.Start();
        device.Start();
        await using DeviceDesk desk = DeviceDesk.Open(broker.Address, Address, TimeProvider.System, new Random(5));
        ProgramDesk programs = new(desk, Limit);
        SealedProgram program = await ProgramAsync(desk, DirectDevice.Key);
        await programs.DeployAsync(program, CancellationToken.None);
        float[] scores = (await programs.InferAsync([0.25f, 0.75f], CancellationToken.None)).Scores;
        await using (WirePhysicalSystem session = await WirePhysicalSystem.ConnectAsync(
            broker.Address, Address, new RunShape(1e6, Plan.Shot), new SessionOptions(), TimeProvider.System, new Random(6), CancellationToken.None))
        {
            Assert.StartsWith("Another host holds device lab/echo for ", (await Assert.ThrowsAsync<PhysicalSystemException>(() => programs.DeployAsync(program, CancellationToken.None))).Message, StringComparison.Ordinal);
            Assert.StartsWith("Another host holds device lab/echo for ", (await Assert.ThrowsAsync<PhysicalSystemException>(() => programs.InferAsync([0.25f, 0.75f], CancellationToken.None))).Message, StringComparison.Ordinal);
        }

        Assert.Equal(scores, (await programs.InferAsync([0.25f, 0.75f], CancellationToken.None)).Scores);
    }

    private static readonly SlotPlan Plan = new(4, 2, 2, 4);

    private static Board Board() => VirtualBoards.Echo(7);

    private static DeviceDesk Open(DirectDevice device, out DirectDevice same)
    {
        same = device;
        return DeviceDesk.Open(device, Address, TimeProvider.System, new Random(3));
    }

    private static async Task<SealedProgram> ProgramAsync(DeviceDesk desk, byte[] key, int layers = 1)
    {
        SlotPlan plan = layers == 1 ? Plan : new SlotPlan(32, 2, 1, 32);
        DeploymentTarget target = DeploymentTarget.Of(Address.ToString(), (await desk.IdentifyAsync(Limit, CancellationToken.None)).Hello, new RunShape(1e6, plan.Shot));
        NetworkShape shape = new(layers, 2, 2, plan, new VoltRange(-5, 5), [], SlotOrder.Kept, 1, TrainSkip: true, LogitSharpness: 4);
        var network = new PhysicalNetwork(shape, OutputScale.Same(plan.Windows, 0, 2));
        network.Initialise(1);
        return SealedProgram.Seal(ProgramCompiler.Compile(network, target, ProgramOptions.AsEvaluated(1, 0, 1, 1)), key);
    }

    private static async Task RefusedAsync(byte[]? deviceKey, byte[] key, Action<Board> change, string sentence)
    {
        Board board = Board();
        change(board);
        await using DeviceDesk desk = Open(new DirectDevice(board, new EchoBench(), 1e6, deviceKey), out DirectDevice device);
        SealedProgram program = await ProgramAsync(desk, key);
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => new ProgramDesk(desk, Limit).DeployAsync(program, CancellationToken.None));
        Assert.Equal(sentence, refusal.Message);
        Assert.Equal(LinkState.Idle, device.Loop.State);
    }
}
