using PnnEdge.Firmware.Core;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Deployment;

/// <summary>A package's way from the host to a device, and what the host sees of it there.</summary>
public class UpdateDeskTests
{
    private const byte Crash = 0xC0, Hang = 0xA6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DeviceAddress Address = new("lab", "echo");

    [Fact]
    public async Task A_package_of_several_pieces_arrives_though_frames_are_lost_and_the_lease_lapses_on_the_way()
    {
        HashSet<(FrameKind, uint, uint)> seen = [];
        int pieces = 0;
        DirectDevice device = Device();
        device.Passes = frame => !seen.Add((FrameHeader.Kind(frame), FrameHeader.Epoch(frame), FrameHeader.Sequence(frame))); // every first frame is lost
        await using DeviceDesk desk = Open(device);
        List<int> held = [];
        UpdateResult result = await UpdateAsync(desk, Package("2", size: 20_000), bytes =>
        {
            held.Add(bytes);
            if (++pieces == 3) { Lapse(device); }
        });
        Assert.Equal(("echo-1", "2", BootState.SlotA, true), (result.From, result.Runs, result.Boot, result.IsConfirmed));
        Assert.Equal(held.Distinct().Order(), held);
        Assert.Equal(5, held.Count); // of 4,096 bytes at most
    }

    [Fact]
    public async Task The_second_update_goes_into_the_other_slot_and_the_third_back_into_the_first()
    {
        await using DeviceDesk desk = Open(Device());
        Assert.Equal(("2", BootState.SlotA), Told(await UpdateAsync(desk, Package("2"))));
        Assert.Equal(("3", BootState.SlotB), Told(await UpdateAsync(desk, Package("3"))));
        Assert.Equal(("2", BootState.SlotA), Told(await UpdateAsync(desk, Package("2"))));
    }

    [Fact]
    public async Task Firmware_that_crashes_at_its_start_is_given_up_and_the_host_says_what_runs()
    {
        await using DeviceDesk desk = Open(Device());
        UpdateResult crashed = await UpdateAsync(desk, Package("bad", mark: Crash));
        Assert.Equal(("echo-1", BootState.SafeMode, false), (crashed.Runs, crashed.Boot, crashed.IsConfirmed));
        Assert.True((await UpdateAsync(desk, Package("2"))).IsConfirmed);
        UpdateResult again = await UpdateAsync(desk, Package("bad", mark: Crash));
        Assert.Equal(("2", false), (again.Runs, again.IsConfirmed));
    }

    [Fact]
    public async Task Firmware_that_hangs_is_given_up_after_its_power_was_taken_three_times()
    {
        DirectDevice device = Device();
        await using DeviceDesk desk = Open(device);
        Assert.True((await UpdateAsync(desk, Package("2"))).IsConfirmed);
        UpdateResult hangs = await UpdateAsync(desk, Package("bad", mark: Hang), patience: TimeSpan.FromSeconds(1));
        Assert.Equal((string.Empty, false), (hangs.Runs, hangs.IsConfirmed));
        Assert.Null(await desk.TryIdentifyAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None));
        for (int start = 0; start < 3; start++) { device.PowerOn(); }
        BirthCertificate hello = (await desk.IdentifyAsync(Limit, CancellationToken.None)).Hello;
        Assert.Equal(("2", BootState.SlotA), (hello.FirmwareVersion, hello.Boot));
    }

    [Fact]
    public async Task Every_refusal_is_one_sentence_changes_nothing_and_gives_the_lease_back()
    {
        byte[] other = [.. DirectDevice.Key.Reverse()];
        await RefusedAsync(Package("2", key: other), DirectDevice.Key, _ => { }, "Device lab/echo has another key than the one this package is sealed under; pack it again with the device's own --key-file.");
        await RefusedAsync(Package("2"), null, _ => { }, "Device lab/echo has no key, and takes no firmware; it is given one when it is set up.");
        await RefusedAsync(Package("2"), DirectDevice.Key, board => board.UpdateBytes = 0, "Device lab/echo takes no firmware over the link: it cannot, or has too little memory to run any from there.");
        await RefusedAsync(Package("2"), DirectDevice.Key, board => board.UpdateBytes = 100, $"This package has {Package("2").Bytes.Length} bytes; device lab/echo takes at most 100.");
        await RefusedAsync(Package("2", board: "esp32-spi"), DirectDevice.Key, _ => { }, "This package is for boards named esp32-spi; device lab/echo is a virtual-echo.");
        await RefusedAsync(OfEdition(7), DirectDevice.Key, _ => { }, $"This package speaks edition 00000007 of the wire; this host speaks {Protocol.Hash:x8} and could not see whether it confirms itself.");
    }

    [Fact]
    public async Task Firmware_of_another_edition_can_be_sent_and_is_not_waited_for()
    {
        DirectDevice device = Device();
        await using DeviceDesk desk = Open(device);
        UpdateResult result = await new UpdateDesk(desk, Limit, TimeProvider.System).UpdateAsync(OfEdition(7), Patience, mayNotBeSeen: true, _ => { }, _ => { }, CancellationToken.None);
        Assert.Equal((string.Empty, false), (result.Runs, result.IsConfirmed));
        await desk.IdentifyAsync(Limit, CancellationToken.None);
        await desk.IdentifyAsync(Limit, CancellationToken.None);
        Assert.Equal("2", (await desk.IdentifyAsync(Limit, CancellationToken.None)).Hello.FirmwareVersion);
    }

    [Fact]
    public void Bytes_that_are_no_whole_package_are_said_to_be_none()
    {
        byte[] bytes = Package("2").Bytes;
        Assert.Equal("it is no firmware package, or only a part of one.", Assert.Throws<ArgumentException>(() => FirmwarePackage.Read(bytes[..^1])).Message);
        Assert.Equal("it is no firmware package, or only a part of one.", Assert.Throws<ArgumentException>(() => FirmwarePackage.Read([])).Message);
        bytes[^40] ^= 1;
        Assert.Equal("it is damaged, for its CRC is not that of its bytes.", Assert.Throws<ArgumentException>(() => FirmwarePackage.Read(bytes)).Message);
        Assert.Throws<ArgumentException>(() => FirmwarePackage.Seal("b", string.Empty, [[1]], DirectDevice.Key));
        Assert.Throws<ArgumentException>(() => FirmwarePackage.Seal("b", "1", [], DirectDevice.Key));
    }

    private static (string Runs, BootState Boot) Told(UpdateResult result) => (result.Runs, result.Boot);

    private static DirectDevice Device(byte[]? key = null, Action<Board>? change = null, bool hasKey = true)
    {
        Board board = VirtualBoards.Echo(7);
        board.FirmwareVersion = "echo-1";
        change?.Invoke(board);
        return new DirectDevice(board, new EchoBench(), 1e6, hasKey ? key ?? DirectDevice.Key : null, assembly => assembly[0] switch
        {
            Crash => VirtualStart.Crashes,
            Hang => VirtualStart.Hangs,
            _ => VirtualStart.Works,
        })
        { IdleMillis = 800, TrialMillis = 16_000 };
    }

    private static DeviceDesk Open(DirectDevice device) => DeviceDesk.Open(device, Address, TimeProvider.System, new Random(3));

    private static void Lapse(DirectDevice device)
    {
        for (int i = 0; i < 16; i++) { device.Pass(400); }
        Assert.Equal(LinkState.Idle, device.Loop.State);
    }

    private static Task<UpdateResult> UpdateAsync(DeviceDesk desk, FirmwarePackage package, Action<int>? sent = null, TimeSpan? patience = null) =>
        new UpdateDesk(desk, Limit, TimeProvider.System).UpdateAsync(package, patience ?? Patience, mayNotBeSeen: false, sent ?? (_ => { }), _ => { }, CancellationToken.None);

    private static FirmwarePackage Package(string version, string board = "virtual-echo", byte mark = 1, int size = 100, byte[]? key = null) =>
        FirmwarePackage.Seal(board, version, [[mark, .. new byte[size]]], key ?? DirectDevice.Key);

    private static FirmwarePackage OfEdition(uint edition)
    {
        byte[] bytes = Package("2").Bytes[..^Wire.Programs.ProgramSeal.Bytes];
        Bytes.PutUInt32(bytes, Wire.Programs.FirmwareHeader.ProtocolHashAt, edition);
        return FirmwarePackage.Read(HostSeal.Of(bytes, DirectDevice.Key));
    }

    private static async Task RefusedAsync(FirmwarePackage package, byte[]? deviceKey, Action<Board> change, string sentence)
    {
        DirectDevice device = Device(deviceKey, change, hasKey: deviceKey is not null);
        await using DeviceDesk desk = Open(device);
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => UpdateAsync(desk, package));
        Assert.Equal(sentence, refusal.Message);
        BirthCertificate hello = (await desk.IdentifyAsync(Limit, CancellationToken.None)).Hello;
        Assert.Equal(("echo-1", BootState.Factory, LinkState.Idle), (hello.FirmwareVersion, hello.Boot, hello.State));
    }
}
