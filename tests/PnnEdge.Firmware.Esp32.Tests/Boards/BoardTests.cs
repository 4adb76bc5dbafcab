using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Tests.Boards;

public class BoardTests
{
    public static readonly (string Name, Board Board, PinUse[] Pins)[] All =
    [
        (BuiltInBoard.Name, BuiltInBoard.Describe(7), BuiltInBoard.Pins()),
        (SpiBoard.Name, SpiBoard.Describe(7), SpiBoard.Pins()),
        (I2sBoard.Name, I2sBoard.Describe(7), I2sBoard.Pins()),
    ];

    public static TheoryData<string> Names => [.. All.Select(board => board.Name)];

    public static Board Of(string name) => All.Single(board => board.Name == name).Board;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_firmware_starts_on_this_board(string name)
    {
        BoardCheck.Require(Of(name));
        Assert.Equal((name, 7u, false), (Of(name).Name, Of(name).UnitSerial, Of(name).Simulated));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transfer_takes_at_most_a_quarter_of_the_shortest_lease_and_the_watchdog_outlasts_it(string name)
    {
        Board board = Of(name);
        Assert.True(4 * board.LongestTransferMillis <= board.MinLeaseMillis());
        Assert.True(board.MinLeaseMillis() <= board.MaxLeaseMillis);
        Assert.True(board.LoopWatchdogMillis > board.LongestTransferMillis);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_channel_says_a_rate_and_the_board_a_jitter(string name)
    {
        Assert.NotEqual(0u, Of(name).RateJitterNanos);
        Assert.All(Of(name).Channels.Where(channel => channel.Role != ChannelRole.Actuator), channel => Assert.NotEqual(0u, channel.MaxRateMilliHertz));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_beyond_the_board_s_rate_is_refused_with_what_is_possible(string name)
    {
        Board board = Of(name);
        uint most = board.Channels[0].MaxRateMilliHertz;
        RunPlan plan = Plan(board, most + 1);
        Assert.Equal(RefusalReason.PlanUnsupported, PlanCheck.Check(board, plan, out PlanLimit limit, out uint possible));
        Assert.Equal((PlanLimit.SampleRate, most), (limit, possible));
        plan.SampleRateMilliHertz = most;
        Assert.Equal(RefusalReason.Accepted, PlanCheck.Check(board, plan, out _, out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_signals_share_a_pin_and_each_pin_can_do_what_is_asked_of_it(string name)
    {
        PinUse[] pins = [.. All.Single(board => board.Name == name).Pins, .. CommonPins.ServicePins()];
        Assert.Equal(pins.Length, pins.Select(pin => pin.Gpio).Distinct().Count());
        Assert.Equal(pins.Length, pins.Select(pin => pin.Signal).Distinct().Count());
        Assert.All(pins, pin =>
        {
            Assert.DoesNotContain(pin.Gpio, new[] { 1, 3 }); // the serial port
            Assert.DoesNotContain(pin.Gpio, Enumerable.Range(6, 6)); // the flash
            Assert.DoesNotContain(pin.Gpio, new[] { 16, 17 }); // a WROVER module's PSRAM
            Assert.DoesNotContain(pin.Gpio, new[] { 2, 12, 15 }); // read at reset, and not ours to pull
            if (pin.Gpio >= 34)
            {
                Assert.Contains(pin.Signal, new[] { "node", "interlock", "input-data", "setup-receive" }); // GPIO34 to 39 have no output
            }
        });
    }

    [Theory]
    [InlineData(BuiltInBoard.Name, 96)]
    [InlineData(SpiBoard.Name, 96)]
    [InlineData(I2sBoard.Name, 192)] // has its blocks beside, and needs a module with PSRAM
    public void What_a_board_sets_aside_and_a_whole_window_on_its_way_fit_its_managed_memory(string name, int kibibytes)
    {
        // Measured on interpreter 1.17 with 32-bit objects, connected: assemblies, threads, MQTT library and loop take so much whatever the sizes here.
        const int Others = 54 * 1024;
        Board board = Of(name);
        int blocks = name == I2sBoard.Name ? 2 * Firmware.Core.Converters.StreamConverters.BlockBytes(board, I2sBoard.MaxRateMilliHertz, Pcm5102aPcm1808.FrameBytes) : 0;

        // A frame on its way is there up to three times: as it came or was built, as the library's message, and as bytes for the socket.
        int onTheirWay = 3 * board.Window() * board.MaxFrameBytes;
        int all = Others + board.FrameMemoryBytes + board.ProgramBytes + board.ProgramMemoryBytes + blocks + onTheirWay;
        Assert.True(all <= kibibytes * 1024, $"{all} bytes");
    }

    [Theory]
    [InlineData(BuiltInBoard.Name)]
    [InlineData(SpiBoard.Name)]
    public void A_block_of_the_longest_transfer_fits_a_frame_of_a_word_board(string name)
    {
        Board board = Of(name);
        int samples = (int)((long)board.LongestTransferMillis * board.Channels[0].MaxRateMilliHertz / 1_000_000);
        Assert.InRange(FrameHeader.Bytes + StimulusBlock.FixedBytes + (2 * samples), 1, board.MaxFrameBytes);
        Assert.InRange(FrameHeader.Bytes + MeasurementBlock.FixedBytes + (2 * samples), 1, board.MaxFrameBytes);
        Assert.InRange(FrameHeader.Bytes + InferRequest.PayloadBytes(196), 1, board.MaxFrameBytes);
    }

    [Fact]
    public void The_codec_board_s_longest_block_is_what_its_buffers_hold_at_every_rate()
    {
        Board board = I2sBoard.Describe(1);
        int most = Firmware.Core.Converters.StreamConverters.BlockBytes(board, I2sBoard.MaxRateMilliHertz, Pcm5102aPcm1808.FrameBytes);
        Assert.Equal(3072 * Pcm5102aPcm1808.FrameBytes, most);
        foreach (uint rate in (uint[])[44_100_000, 48_000_000, 96_000_000])
        {
            RunPlan plan = Plan(board, rate);
            plan.RestSamples = ushort.MaxValue;
            while (PlanCheck.Check(board, plan, out _, out _) != RefusalReason.Accepted)
            {
                plan.RestSamples--;
            }

            Assert.InRange(((plan.StimulusWords / 2) + plan.RestSamples) * Pcm5102aPcm1808.FrameBytes, 1, most);
        }
    }

    private static RunPlan Plan(Board board, uint rate) => new()
    {
        SampleRateMilliHertz = rate,
        StimulusChannels = board.Count(ChannelRole.Stimulus),
        MeasurementChannels = board.Count(ChannelRole.Measurement),
        StimulusWords = board.Count(ChannelRole.Stimulus),
        MeasurementWords = board.Count(ChannelRole.Measurement),
        Actuators = board.Count(ChannelRole.Actuator),
        ShotsPerBlock = 1,
    };
}
