using System.Reflection;
using System.Text.Json;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Tests.Boards;

/// <summary>hardware/pins is for who builds, the board classes are what the firmware obeys: they say the same.</summary>
public class PinMapTests
{
    private static string Folder => Path.Combine(
        typeof(PinMapTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "hardware",
        "pins");

    [Fact]
    public void There_is_one_pin_map_per_board_and_no_other() => Assert.Equal(
        BoardTests.All.Select(board => $"{board.Name}.json").Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Folder, "esp32-*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(BoardTests.Names), MemberType = typeof(BoardTests))]
    public void A_pin_map_lists_the_board_s_pins(string name)
    {
        AssertListed(BoardTests.All.Single(board => board.Name == name).Pins, Map(name).GetProperty("pins"));
        AssertListed(CommonPins.ServicePins(), Map(name).GetProperty("servicePins"));
    }

    [Theory]
    [MemberData(nameof(BoardTests.Names), MemberType = typeof(BoardTests))]
    public void A_pin_map_lists_the_board_s_channels_with_their_ranges_and_limits(string name) => Assert.Equal(
        BoardTests.Of(name).Channels.Select(Describe),
        Map(name).GetProperty("channels").EnumerateArray().Select(channel => string.Join(
            ' ',
            Text(channel, "name"),
            Text(channel, "role"),
            channel.GetProperty("bits").GetInt32(),
            Volts(channel, "minVolts"),
            Volts(channel, "maxVolts"),
            Volts(channel, "limitMinVolts"),
            Volts(channel, "limitMaxVolts"),
            Volts(channel, "safeVolts"))));

    [Theory]
    [MemberData(nameof(BoardTests.Names), MemberType = typeof(BoardTests))]
    public void A_pin_map_says_the_board_s_rate_jitter_and_longest_transfer(string name)
    {
        Board board = BoardTests.Of(name);
        JsonElement map = Map(name);
        Assert.Equal(
            (board.Channels[0].MaxRateMilliHertz / 1000.0, board.RateJitterNanos, board.LongestTransferMillis),
            (map.GetProperty("maxRateHertz").GetDouble(), map.GetProperty("jitterNanos").GetUInt32(), map.GetProperty("longestTransferMillis").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(BoardTests.Names), MemberType = typeof(BoardTests))]
    public void The_monostable_outlasts_what_is_between_two_edges_of_the_enable_line(string name)
    {
        Board board = BoardTests.Of(name);
        // Word by word the line is kept up while a block is played; a block of codecs holds everything else up.
        int between = name == I2sBoard.Name
            ? board.LongestTransferMillis
            : Core.Converters.WordConverters.PulseMicros / 1000;
        int loop = Core.Loop.DeviceThreads.LoopWaitMillis;
        Assert.InRange(Map(name).GetProperty("monostableMillis").GetInt32(), 2 * (between + loop), 1000);
    }

    private static void AssertListed(PinUse[] pins, JsonElement map) => Assert.Equal(
        pins.Select(pin => (pin.Gpio, pin.Signal, pin.Part)),
        map.EnumerateArray().Select(pin => (pin.GetProperty("gpio").GetInt32(), Text(pin, "signal"), Text(pin, "part"))));

    private static JsonElement Map(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))).RootElement;

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Volts(JsonElement element, string property) => Volts(element.GetProperty(property).GetSingle());

    /// <summary>A tenth of a millivolt: finer than any step here but the codecs', whose range is no rounder.</summary>
    private static string Volts(float volts) => volts.ToString("F4", System.Globalization.CultureInfo.InvariantCulture);

    private static string Describe(ChannelRecord channel) => string.Join(
        ' ',
        channel.Name,
        channel.Role.ToString().ToLowerInvariant(),
        channel.Bits,
        Volts(channel.MinVolts),
        Volts(channel.MaxVolts),
        Volts(channel.LimitMinVolts),
        Volts(channel.LimitMaxVolts),
        Volts(channel.SafeVolts));
}
