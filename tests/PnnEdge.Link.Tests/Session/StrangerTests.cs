using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Session;

/// <summary>WIRE.md H-3, the host's duty: whoever answers with another protocol, or as another board, hears nothing but Identify.</summary>
public class StrangerTests
{
    private const uint OtherBoot = 999;

    [Fact]
    public void A_device_of_another_protocol_hears_nothing_but_Identify_until_a_good_hello_comes() =>
        RequireOnlyIdentify(hello => hello.ProtocolHash ^= 1, "another edition of protocol");

    [Fact]
    public void Another_board_at_the_same_address_hears_nothing_but_Identify_until_the_first_one_is_back() =>
        RequireOnlyIdentify(hello => hello.UnitSerial++, "came back as");

    private static void RequireOnlyIdentify(Action<BirthCertificate> change, string told)
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5);
        conversation.Run(SimulatedConversation.Batch(0));
        BatchJob underWay = conversation.Begin(SimulatedConversation.Batch(1));
        conversation.RunFor(1000);
        byte[] good = conversation.Air.Sent.Last(frame => FrameHeader.Kind(frame) == FrameKind.Hello);
        byte[] foreign = Changed(good, change);

        conversation.Session.Handle(foreign, foreign.Length, false, conversation.NowMicros);

        RequireTold(underWay, told);
        RequireTold(conversation.Begin(SimulatedConversation.Batch(2)), told);
        Assert.Equal(LinkState.Connecting, conversation.Session.State);

        // Seconds of the session alone, far beyond the lease and every repeat, with a foreign answer to every question.
        int before = conversation.Air.Sent.Count, asked = 0;
        for (long passed = 1000; passed <= 5_000_000; passed += 1000)
        {
            conversation.Session.Serve(conversation.NowMicros + passed);
            byte[][] sent = [.. conversation.Air.Sent.Skip(before + asked)];
            asked += sent.Length;
            foreach (byte[] frame in sent)
            {
                Assert.Equal((FrameKind.Command, CommandCode.Identify), (FrameHeader.Kind(frame), CommandFrame.Code(frame)));
                conversation.Session.Handle(foreign, foreign.Length, false, conversation.NowMicros + passed);
            }
        }

        // One question per half second, whatever the answers: a stranger is not flooded.
        Assert.InRange(asked, 8, 11);

        conversation.RunFor(6_000_000);
        conversation.Run(SimulatedConversation.Batch(3));
    }

    private static void RequireTold(BatchJob job, string told)
    {
        Assert.True(job.IsEnded);
        PhysicalSystemException refusal = Assert.Throws<PhysicalSystemException>(() => job.Ended.GetAwaiter().GetResult());
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Changed(byte[] hello, Action<BirthCertificate> change)
    {
        byte[] frame = new byte[1024];
        hello.CopyTo(frame, 0);
        BirthCertificate certificate = BirthCertificate.Read(hello);
        change(certificate);
        Bytes.PutUInt32(frame, FrameHeader.BootIdAt, OtherBoot);
        int length = FrameHeader.Seal(frame, certificate.Write(frame), new HostCrc32());
        return frame[..length];
    }
}
