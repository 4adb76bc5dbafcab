using System.Text;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Firmware.Core.Tests.Setup;

/// <summary>Bytes are written out as improv-wifi.com/serial describes them; sums were added by hand or by a calculator, never by the code under test.</summary>
public class ImprovServiceTests
{
    // "IMPROV", version 1.
    private const string Head = "494D50524F5601";

    private const string AskState = Head + "03020200E5";
    private const string AskDevice = Head + "03020300E6";

    private readonly Line _line = new();
    private readonly Network _network = new();
    private readonly ImprovService _service;

    public ImprovServiceTests() => _service = new ImprovService(
        new Board { Name = "bench", FirmwareVersion = "0.1.0" }, "ESP32", "unit-3", _line, _network);

    [Fact]
    public void Without_a_network_it_says_that_it_takes_one() => Assert.Equal([Head + "010102E2"], Answers(AskState));

    [Fact]
    public void With_a_network_it_says_so_and_has_no_page_to_offer()
    {
        _network.Joined = true;
        Assert.Equal([Head + "010104E4", Head + "04020200E6"], Answers(AskState));
    }

    [Fact]
    public void Asked_who_it_is_it_names_firmware_version_chip_and_itself()
    {
        string answer = Assert.Single(Answers(AskDevice));
        byte[] bytes = Convert.FromHexString(answer);
        Assert.Equal(Head + "04" + "23" + "03" + "21", answer[..22]); // 2 + 33 bytes: four lengths and 13, 5, 5 and 6 letters
        List<string> texts = [];
        for (int at = 11; at < bytes.Length - 1; at += 1 + bytes[at]) { texts.Add(Encoding.UTF8.GetString(bytes, at + 1, bytes[at])); }
        Assert.Equal(["PnnEdge bench", "0.1.0", "ESP32", "unit-3"], texts);
        Assert.Equal(bytes[^1], (byte)bytes[..^1].Sum(b => b));
    }

    [Fact]
    public void A_network_that_can_be_joined_is_joined_and_told()
    {
        // Command 1, 9 bytes: 4 "home", 3 "pw1".
        Assert.Equal(
            [Head + "010103E3", Head + "010104E4", Head + "04020100E5"],
            Answers(Head + "030B" + "0109" + "04686F6D65" + "03707731" + "BE"));
        Assert.Equal(("home", "pw1"), _network.Asked);
    }

    [Fact]
    public void A_network_that_cannot_be_joined_is_told_and_the_next_command_clears_the_error()
    {
        _network.Refuses = true;
        Assert.Equal([Head + "010103E3", Head + "020103E4", Head + "010102E2"], Answers(Head + "030B" + "0109" + "04686F6D65" + "03707731" + "BE"));
        Assert.Equal([Head + "020100E1", Head + "010102E2"], Answers(AskState));
    }

    [Fact]
    public void A_network_without_a_password_is_joined() // command 1, 6 bytes: 4 "home", 0
    {
        Answers(Head + "0308" + "0106" + "04686F6D65" + "00" + "9D");
        Assert.Equal(("home", string.Empty), _network.Asked);
    }

    [Theory]
    [InlineData(Head + "03020200E4")] // a wrong sum
    [InlineData(Head + "03020201E6")] // a command that says it is longer than it is
    [InlineData(Head + "030101E3")] // half a command
    [InlineData(Head + "03020100E4")] // a network without a name
    [InlineData(Head + "0308" + "0106" + "09686F6D65" + "00" + "A2")] // a name longer than the packet
    [InlineData(Head + "0308" + "0106" + "04686F6D65" + "05" + "A2")] // a password longer than the packet
    public void A_packet_that_contradicts_itself_is_an_error_and_joins_nothing(string packet)
    {
        Assert.Equal([Head + "020101E2"], Answers(packet));
        Assert.Null(_network.Asked);
    }

    [Fact]
    public void A_command_that_nobody_defined_is_an_error() => Assert.Equal([Head + "020102E3"], Answers(Head + "03027700" + "5A"));

    [Theory]
    [InlineData("")]
    [InlineData("0D0A")]
    [InlineData("494D50")] // the beginning of a packet that never came
    [InlineData("494949")]
    [InlineData("494D50524F5602")] // another version
    [InlineData(Head + "0101" + "02" + "E2")] // its own kind of packet, from another device
    public void Whatever_stands_before_a_packet_is_passed_over(string noise) => Assert.Equal([Head + "010102E2"], Answers(noise + AskState));

    [Fact]
    public void A_packet_may_come_byte_by_byte()
    {
        foreach (byte one in Convert.FromHexString(AskState)) { _service.Take([one], 1); }
        Assert.Equal([Head + "010102E2"], _line.Written);
    }

    [Fact]
    public void The_longest_names_and_passwords_are_taken_whole()
    {
        string ssid = new('s', 32), password = new('p', 64);
        byte[] packet = new byte[ImprovPacket.MaxBytes];
        int at = ImprovPacket.PutText(packet, ImprovPacket.DataAt + 2, Encoding.ASCII.GetBytes(ssid));
        at = ImprovPacket.PutText(packet, at, Encoding.ASCII.GetBytes(password));
        (packet[ImprovPacket.DataAt], packet[ImprovPacket.DataAt + 1]) = (1, (byte)(at - ImprovPacket.DataAt - 2));
        _service.Take(packet, ImprovPacket.Seal(packet, ImprovType.Command, at - ImprovPacket.DataAt));
        Assert.Equal((ssid, password), _network.Asked);
        Assert.Equal(-1, ImprovPacket.PutText(packet, ImprovPacket.DataAt, new byte[255]));
    }

    private string[] Answers(string hex)
    {
        _line.Written.Clear();
        byte[] bytes = Convert.FromHexString(hex);
        _service.Take(bytes, bytes.Length);
        return [.. _line.Written];
    }

    private sealed class Line : ISetupLine
    {
        public List<string> Written { get; } = [];

        public void Write(byte[] bytes, int count) => Written.Add(Convert.ToHexString(bytes, 0, count));
    }

    private sealed class Network : ISetupNetwork
    {
        public bool Joined { get; set; }

        public bool Refuses { get; set; }

        public (string Ssid, string Password)? Asked { get; private set; }

        public bool IsConnected() => Joined;

        public bool Connect(string ssid, string password)
        {
            Asked = (ssid, password);
            return Joined = !Refuses;
        }
    }
}
