using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

/// <summary>On a station that behaves as WifiNetworkHelper does by its source: with an address from a network of that name it looks at no password.</summary>
public class NetworkChangeTests
{
    private readonly Station _station = new() { Kept = ("lab", "right"), Joined = "lab" };
    private readonly DeviceLog _log = new();
    private readonly NetworkChange _change;

    public NetworkChangeTests() => _change = new NetworkChange(_station, _log, new TickingClock(0));

    [Fact]
    public void A_wrong_password_for_the_network_it_is_in_is_told_and_the_right_one_stays()
    {
        Assert.False(_change.Connect("lab", "wrong"));
        Assert.Equal((("lab", "right"), "lab"), (_station.Kept, _station.Joined));
    }

    [Fact]
    public void A_new_password_for_the_network_it_is_in_is_kept()
    {
        _station.Passwords["lab"] = "changed";
        Assert.True(_change.Connect("lab", "changed"));
        Assert.Equal((("lab", "changed"), "lab"), (_station.Kept, _station.Joined));
    }

    [Theory]
    [InlineData("guest", "wrong")]
    [InlineData("nowhere", "right")]
    public void After_a_network_that_cannot_be_joined_it_is_in_the_one_from_before(string ssid, string password)
    {
        Assert.False(_change.Connect(ssid, password));
        Assert.Equal((("lab", "right"), "lab"), (_station.Kept, _station.Joined));
    }

    [Fact]
    public void Another_network_is_joined_and_kept()
    {
        Assert.True(_change.Connect("guest", "welcome"));
        Assert.Equal((("guest", "welcome"), "guest"), (_station.Kept, _station.Joined));
    }

    [Fact]
    public void A_first_network_that_cannot_be_joined_yet_is_kept_for_later()
    {
        (_station.Kept, _station.Joined) = (("", ""), null);
        Assert.False(_change.Connect("nowhere", "later"));
        Assert.Equal(("nowhere", "later"), _station.Kept);
    }

    [Fact]
    public void An_address_that_does_not_go_proves_no_password()
    {
        _station.IsStuck = true;
        Assert.False(_change.Connect("lab", "wrong"));
        Assert.Equal(("lab", "right"), _station.Kept);
    }

    [Fact]
    public void The_log_tells_which_network_and_no_password()
    {
        _change.Connect("lab", "wrong");
        _change.Connect("guest", "welcome");
        string text = _log.Text(1, out _);
        Assert.Contains("could not join lab", text, StringComparison.Ordinal);
        Assert.Contains("joined guest", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", text, StringComparison.Ordinal);
        Assert.DoesNotContain("welcome", text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_connected_while_it_has_an_address()
    {
        Assert.True(_change.IsConnected());
        _station.Leave();
        Assert.False(_change.IsConnected());
    }

    private sealed class Station : IStation
    {
        public Dictionary<string, string> Passwords { get; } = new() { ["lab"] = "right", ["guest"] = "welcome" };

        public (string Ssid, string Password) Kept { get; set; }

        /// <summary>Whose address it has.</summary>
        public string Joined { get; set; }

        public bool IsStuck { get; set; }

        public bool HasAddress() => Joined is not null;

        public void ReadKept(out string ssid, out string password) => (ssid, password) = Kept;

        public bool Leave()
        {
            Joined = IsStuck ? Joined : null;
            return !HasAddress();
        }

        public bool Join(string ssid, string password)
        {
            if (Joined is not null && Kept.Ssid == ssid) { return true; }
            Kept = (ssid, password);
            Joined = Passwords.TryGetValue(ssid, out string right) && right == password ? ssid : null;
            return HasAddress();
        }

        public void Return(string ssid, string password) => Join(ssid, password);
    }
}
