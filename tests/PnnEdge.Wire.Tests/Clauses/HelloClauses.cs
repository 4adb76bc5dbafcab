using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class HelloClauses
{
    private static readonly HostCrc32 Crc = new();

    [Theory]
    [Clause("H-1", Accepts)]
    [InlineData(0u)]
    [InlineData(0xDEADu)]
    public void Identify_is_answered_with_hello_whatever_its_header_says(uint header)
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] hello = Assert.Single(bench.Give(HostFrame.Command(CommandCode.Identify) with { BootId = header, Epoch = header, Deadline = header }));
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(hello));
        Assert.Equal(RefusalReason.Accepted, FrameCheck.Open(hello, hello.Length, 4096, Crc));
        BirthCertificate read = BirthCertificate.Read(hello);
        Assert.Equal(("bench", "1.2.3", 77u, 4), (read.Board, read.FirmwareVersion, read.UnitSerial, read.Channels.Length));
        Assert.Equal((512u, 4, 2, 2000u, 100u), (read.MaxFrameBytes, read.Window, read.ParameterSets, read.MaxLeaseMillis, read.LongestTransferMillis));
        Assert.Equal(LinkState.Idle, read.State);
    }

    [Fact]
    [Clause("H-1", Accepts)]
    public void A_device_in_fault_answers_with_hello_and_its_fault()
    {
        DeviceBench bench = DeviceBench.InFault();
        List<byte[]> answers = bench.Give(HostFrame.Command(CommandCode.Identify));
        Assert.Equal([FrameKind.Hello, FrameKind.Fault], answers.Select(FrameHeader.Kind));
        Assert.Equal(FaultCode.InterlockOpen, FaultReport.Read(answers[1]).Code);
    }

    [Fact]
    [Clause("H-1", Accepts)]
    public void The_hello_of_a_new_connection_is_followed_by_the_fault_once()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Link.Connected = false;
        bench.Step(10);
        bench.Link.Connected = true;
        List<byte[]> sent = bench.Step(10);
        Assert.Equal([FrameKind.Hello, FrameKind.Fault], sent.Select(FrameHeader.Kind).Where(k => k != FrameKind.Heartbeat));
        Assert.DoesNotContain(bench.Step(10), f => FrameHeader.Kind(f) == FrameKind.Fault);
    }

    [Fact]
    [Clause("H-1", Refuses)]
    public void No_fault_report_follows_the_hello_of_a_device_that_is_not_in_fault()
    {
        DeviceBench bench = DeviceBench.InFault();
        bench.Accept(HostFrame.Command(CommandCode.ClearFault, text: "interlock closed again"));
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(Assert.Single(bench.Give(HostFrame.Command(CommandCode.Identify)))));
        bench.Accept(HostFrame.Arm());
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(Assert.Single(bench.Give(HostFrame.Command(CommandCode.Identify)))));
    }

    [Theory]
    [Clause("H-1", Refuses)]
    [InlineData(CommandCode.Arm)]
    [InlineData(CommandCode.Renew)]
    [InlineData(CommandCode.Disarm)]
    [InlineData(CommandCode.ClearFault)]
    public void No_other_command_goes_without_a_boot_id(CommandCode code) =>
        DeviceBench.Connected().Refuse(HostFrame.Command(code) with { BootId = 0 }, RefusalReason.WrongBoot);

    [Fact]
    [Clause("H-2", Accepts)]
    public void Hello_is_the_first_frame_after_every_connection()
    {
        DeviceBench bench = new();
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(bench.Step()[0]));
        bench.Link.Connected = false;
        bench.Step(10);
        bench.Link.Connected = true;
        Assert.Equal(FrameKind.Hello, FrameHeader.Kind(bench.Step(10)[0]));
    }

    [Fact]
    [Clause("H-2", Refuses)]
    public void A_connection_that_stands_brings_no_second_hello()
    {
        DeviceBench bench = DeviceBench.Connected();
        for (int i = 0; i < 50; i++)
        {
            Assert.DoesNotContain(bench.Step(100), f => FrameHeader.Kind(f) == FrameKind.Hello);
        }
    }

    [Fact]
    [Clause("H-2", Refuses)]
    public void A_device_without_a_connection_sends_nothing()
    {
        DeviceBench bench = new();
        bench.Link.Connected = false;
        for (int i = 0; i < 50; i++)
        {
            bench.Step(100);
        }

        Assert.Empty(bench.Link.Sent);
        Assert.Empty(bench.Link.Published);
    }

    [Fact]
    [Clause("H-3", Accepts)]
    public void A_device_says_the_number_and_hash_that_this_document_has()
    {
        BirthCertificate hello = BirthCertificate.Read(new DeviceBench().Step()[0]);
        Assert.True(hello.SpeaksThisProtocol());
        Assert.Equal((1, Protocol.Hash), (hello.ProtocolNumber, hello.ProtocolHash));
    }

    [Theory]
    [Clause("H-3", Refuses)]
    [InlineData(2, 0u)]
    [InlineData(0, 0u)]
    [InlineData(1, 1u)]
    [InlineData(1, 0x80000000u)]
    public void Another_number_or_hash_is_another_protocol(int number, uint hashDifference) =>
        Assert.False(new BirthCertificate { ProtocolNumber = number, ProtocolHash = Protocol.Hash ^ hashDifference }.SpeaksThisProtocol());

    [Fact]
    [Clause("H-7", Accepts)]
    public void The_boot_id_rides_on_every_frame_from_the_device()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        Assert.NotEmpty(bench.Link.Sent);
        Assert.All(bench.Link.Sent, f => Assert.Equal(DeviceBench.Boot, FrameHeader.BootId(f)));
    }

    [Fact]
    [Clause("H-7", Refuses)]
    public void A_frame_for_another_boot_is_refused_and_told_the_right_one()
    {
        Answer answer = DeviceBench.Ready().Refuse(HostFrame.Stimulus(1, 2048, 2048, 2048) with { BootId = 0xDEAD }, RefusalReason.WrongBoot);
        Assert.Equal(DeviceBench.Boot, answer.Detail);
    }

    [Fact]
    [Clause("H-7", Refuses)]
    public void After_a_reboot_what_was_meant_for_the_boot_before_is_refused()
    {
        MemoryStorage storage = new();
        DeviceBench before = DeviceBench.Connected(storage: storage);
        before.Accept(HostFrame.Arm());
        DeviceBench after = DeviceBench.Connected(storage: storage, bootId: 0xB008);
        after.Refuse(HostFrame.Plan(1) with { BootId = DeviceBench.Boot, Epoch = before.Loop.Epoch }, RefusalReason.WrongBoot);
        after.Refuse(HostFrame.Arm() with { BootId = DeviceBench.Boot }, RefusalReason.WrongBoot);
    }
}
