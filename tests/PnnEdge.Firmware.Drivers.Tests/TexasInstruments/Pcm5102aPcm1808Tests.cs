using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Drivers.Tests.TexasInstruments;

public class Pcm5102aPcm1808Tests
{
    [Fact]
    public void A_volt_of_our_scale_is_the_same_volt_at_the_codec_s_output_and_comes_back_from_its_input()
    {
        VoltScale drive = Scale(ChannelRole.Stimulus, Pcm5102aPcm1808.OutputFullScaleVolts);
        VoltScale sense = Scale(ChannelRole.Measurement, Pcm5102aPcm1808.InputFullScaleVolts);
        float[] volts = [-2.97f, -1.25f, 0f, 0.5f, 2.9f, -0.001f];
        byte[] block = new byte[2 * volts.Length];
        Assert.Equal(-1, drive.EncodeWords(volts, 0, volts.Length, block, 0));

        SimulatedPcm5102aPcm1808 codec = new((left, right) => (left / 2, right / 2), lagFrames: 0);
        codec.Play(block, 0, block.Length);
        codec.Sample(block, 0, block.Length);

        float[] measured = new float[volts.Length];
        sense.DecodeWords(block, 0, volts.Length, measured, 0);
        double halfSteps = (drive.StepVolts / 4) + (sense.StepVolts / 2); // rounding of the output, halved by the bench, and of the input
        Assert.All(volts.Zip(measured), pair => Assert.InRange(pair.Second - (pair.First / 2), -1.01 * halfSteps, 1.01 * halfSteps));
    }

    [Fact]
    public void Zeros_of_an_idle_bus_are_0_V() // the bus sends zeros when nothing is written: they must be the safe value
    {
        SimulatedPcm5102aPcm1808 codec = new((left, right) => (left, right), lagFrames: 0);
        codec.Play(new byte[4], 0, 4);
        Assert.Equal((0.0, 0.0), codec.LastVolts);
    }

    [Fact]
    public void The_input_codec_sees_what_was_played_a_fixed_number_of_frames_later()
    {
        SimulatedPcm5102aPcm1808 codec = new((left, _) => (left, 0), lagFrames: 3);
        byte[] frames = new byte[8 * Pcm5102aPcm1808.FrameBytes];
        frames[1] = 0x10; // one frame of 1/8 of full scale
        codec.Play(frames, 0, frames.Length);
        codec.Sample(frames, 0, frames.Length);
        Assert.Equal([false, false, false, true, false, false, false, false], Enumerable.Range(0, 8).Select(i => frames[(4 * i) + 1] != 0));
    }

    [Theory]
    [InlineData(44100, true)]
    [InlineData(48000, true)]
    [InlineData(96000, true)]
    [InlineData(22050, false)]
    [InlineData(192000, false)] // beyond the PCM1808
    public void Only_rates_that_both_chips_name_are_taken(int hertz, bool has) => Assert.Equal(has, Pcm5102aPcm1808.HasRate(hertz));

    private static VoltScale Scale(ChannelRole role, float volts) => new(new ChannelRecord(
        "codec", role, Pcm5102aPcm1808.Bits, LimitGuard.Span, OnInvalid.SafeValue, -volts, volts, -volts, volts, 2 * volts, 0f, 1, 1, ChannelCoding.TwosComplement));
}
