using PnnEdge.Firmware.Core;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Boards;

public class BoardTests
{
    public static TheoryData<string, double> Rates => new()
    {
        { "circuit", VirtualBoards.CircuitSampleRateHz },
        { "echo", VirtualBoards.CircuitSampleRateHz },
        { "loopback", VirtualBoards.CircuitSampleRateHz },
        { "shg", VirtualBoards.SecondHarmonicSampleRateHz },
        { "slow", VirtualBoards.SlowSampleRateHz },
        { "plate", VirtualBoards.PlateSampleRateHz },
        { "plate", VirtualBoards.PlateFastestSampleRateHz },
        { "oscillators", VirtualBoards.OscillatorsSampleRateHz },
    };

    private static Board Of(string name) => name switch
    {
        "circuit" => VirtualBoards.Circuit(7),
        "echo" => VirtualBoards.Echo(7),
        "loopback" => VirtualBoards.Loopback(7),
        "shg" => VirtualBoards.SecondHarmonic(7),
        "slow" => VirtualBoards.Slow(7),
        "plate" => VirtualBoards.Plate(7),
        _ => VirtualBoards.Oscillators(7, 206),
    };

    private static VoltScale Scale(ChannelRecord channel) => new(channel.MinVolts, channel.MaxVolts, channel.Bits);

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task The_firmware_starts_on_every_board_and_plays_at_its_rate(string name, double rateHz)
    {
        Board board = Of(name);
        FunctionBench physics = new(board.Count(ChannelRole.Actuator), (drive, _) => drive);
        await using InProcessSystem system = new(board, physics, rateHz, ShotShape.Throughout(8), InjectedFaults.None, TimeProvider.System);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, new float[8], new float[system.Description.ActuatorCount]), CancellationToken.None);
        Assert.Equal(rateHz, system.Description.SampleRateHz);

        // 0 V is a code of every measuring converter but the codec's rounding, half a code at most.
        Assert.All(measured.Volts, volts => Assert.Equal(0f, volts, Scale(board.OfRole(ChannelRole.Measurement)[0]).StepVolts / 2));
    }

    [Fact]
    public void A_pixel_goes_from_dark_to_full_transmission_which_is_its_last_code()
    {
        ChannelRecord pixel = Assert.Single(VirtualBoards.SecondHarmonic(1).OfRole(ChannelRole.Stimulus));
        VoltScale scale = Scale(pixel);
        Assert.Equal((0f, 1f), (scale.VoltsFromCode(0), scale.VoltsFromCode(4095)));
        Assert.Equal((0, 4095), (scale.LowestCodeInside(pixel.LimitMinVolts), scale.HighestCodeInside(pixel.LimitMaxVolts)));
    }

    [Fact]
    public void The_plate_s_codec_has_16_bits_that_its_span_guards()
    {
        ChannelRecord drive = Assert.Single(VirtualBoards.Plate(1).OfRole(ChannelRole.Stimulus));
        Assert.Equal((16, LimitGuard.Span), (drive.Bits, drive.Guard));
        Assert.Equal(0f, Scale(drive).VoltsFromCode(32768));
        Assert.Equal(192_000_000u, drive.MaxRateMilliHertz);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(206, 21_321)]
    [InlineData(361, 65_341)]
    public void Oscillators_have_a_bank_of_couplings_and_one_of_drives_and_a_set_of_all_fits_a_frame(int oscillators, int actuators)
    {
        Board board = VirtualBoards.Oscillators(1, oscillators);
        ChannelRecord[] banks = board.OfRole(ChannelRole.Actuator);
        Assert.Equal([("coupling", actuators - oscillators), ("drive", oscillators)], banks.Select(bank => (bank.Name, bank.Count)));
        Assert.Equal(actuators, board.Count(ChannelRole.Actuator));
        BoardCheck.Require(board);
        Assert.True(board.MaxFrameBytes <= 44 + (4 * actuators) + (32 * 1024) || board.MaxFrameBytes == 64 * 1024);
        Assert.InRange(board.Window(), 7, 64);
    }

    [Fact]
    public void An_angle_is_set_to_2_mrad_and_read_to_4()
    {
        Board board = VirtualBoards.Oscillators(1, 10);
        Assert.Equal(0.00195f, Scale(board.OfRole(ChannelRole.Stimulus)[0]).StepVolts, 1e-5); // 8 V in 4096 codes
        Assert.Equal(0.00391f, Scale(board.OfRole(ChannelRole.Measurement)[0]).StepVolts, 1e-5); // 16 V
    }

    [Theory]
    [InlineData(1)]
    [InlineData(362)]
    public void Fewer_than_two_oscillators_and_more_than_a_set_counts_are_refused(int oscillators) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualBoards.Oscillators(1, oscillators));
}
