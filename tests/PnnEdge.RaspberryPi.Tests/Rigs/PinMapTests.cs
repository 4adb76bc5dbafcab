using System.Globalization;
using System.Text.Json;
using PnnEdge.Firmware.Core;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Tests.Rigs;

/// <summary>hardware/pins is for who builds, the rig's file is what the program obeys: they say the same.</summary>
public class PinMapTests
{
    private static readonly PiRig Rig = PiRig.Load(PiRig.Default);
    private static readonly Board Board = PiBoard.Describe(Rig, simulated: false);
    private static readonly JsonElement Map = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "hardware", "pins", "raspberry-pi.json"))).RootElement;

    [Fact]
    public void The_pin_map_lists_the_rig_s_pins() => Assert.Equal(
        HeaderPins.Of(Rig).Select(pin => (pin.Gpio, pin.Signal, pin.Part)),
        Map.GetProperty("pins").EnumerateArray().Select(pin => (pin.GetProperty("gpio").GetInt32(), Text(pin, "signal"), Text(pin, "part"))));

    [Fact]
    public void The_pin_map_lists_the_rig_s_channels_with_their_ranges_and_limits() => Assert.Equal(
        Board.Channels.Select(Describe),
        Map.GetProperty("channels").EnumerateArray().Select(channel => string.Join(
            ' ', Text(channel, "name"), Text(channel, "role"), channel.GetProperty("bits").GetInt32(), Volts(channel, "minVolts"), Volts(channel, "maxVolts"),
            Volts(channel, "limitMinVolts"), Volts(channel, "limitMaxVolts"), Volts(channel, "safeVolts"))));

    [Fact]
    public void The_pin_map_says_the_fastest_rate_jitter_longest_transfer_and_monostable() => Assert.Equal(
        (Board.Channels[0].MaxRateMilliHertz / 1000, Board.RateJitterNanos, Board.LongestTransferMillis, Rig.Safety.MonostableMilliseconds),
        (Map.GetProperty("maxRateHertz").GetUInt32(), Map.GetProperty("jitterNanos").GetUInt32(), Map.GetProperty("longestTransferMillis").GetInt32(), Map.GetProperty("monostableMillis").GetInt32()));

    [Fact]
    public void The_pin_map_names_the_header_s_pin_of_every_line() => Assert.All(
        Map.GetProperty("pins").EnumerateArray(), pin => Assert.Equal(HeaderOf[pin.GetProperty("gpio").GetInt32()], pin.GetProperty("header").GetInt32()));

    /// <summary>The 40-pin header as raspberrypi.com's documentation draws it, where the rig uses it.</summary>
    private static readonly Dictionary<int, int> HeaderOf = new() { [2] = 3, [3] = 5, [7] = 26, [8] = 24, [9] = 21, [10] = 19, [11] = 23, [22] = 15, [27] = 13 };

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Volts(JsonElement element, string property) => Volts(element.GetProperty(property).GetSingle());

    private static string Volts(float volts) => volts.ToString("F4", CultureInfo.InvariantCulture);

    private static string Describe(ChannelRecord channel) => string.Join(
        ' ', channel.Name, channel.Role.ToString().ToLowerInvariant(), channel.Bits, Volts(channel.MinVolts), Volts(channel.MaxVolts),
        Volts(channel.LimitMinVolts), Volts(channel.LimitMaxVolts), Volts(channel.SafeVolts));
}
