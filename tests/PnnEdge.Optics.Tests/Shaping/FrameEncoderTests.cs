using System.Numerics;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Tests.Support;

namespace PnnEdge.Optics.Tests.Shaping;

public class FrameEncoderTests
{
    private static readonly PhaseTable Bent = PhaseTable.Bent(6.6, 1.1);

    [Fact]
    public void Any_amplitude_and_phase_come_back_to_half_a_step_of_either_row()
    {
        var encoder = new PhasePairEncoder(new SpectralAxis([100, 1], 40), new WavelengthBins(100, 140, 20), 4, Bent, new double[20]);
        var random = new Random(3);
        byte[] frame = new byte[encoder.FrameBytes];
        Complex[] asked = new Complex[20], given = new Complex[20];
        for (int round = 0; round < 200; round++)
        {
            for (int channel = 0; channel < asked.Length; channel++) { asked[channel] = Complex.FromPolarCoordinates(random.NextDouble(), random.NextDouble() * 2 * Math.PI); }
            encoder.Encode(asked, frame);
            encoder.Decode(frame, given);
            for (int channel = 0; channel < asked.Length; channel++) { Assert.True((asked[channel] - given[channel]).Magnitude <= Bent.LargestStepRad / 2); }
        }
    }

    [Fact]
    public void A_real_amplitude_comes_back_to_half_a_step_and_a_negative_one_has_a_phase_of_pi()
    {
        FrameEncoder encoder = TableOnSocket.Rig.Encoder();
        float[] asked = [.. Enumerable.Range(0, 100).Select(channel => (channel - 50) / 50f)];
        byte[] frame = new byte[encoder.FrameBytes];
        var given = new Complex[100];
        encoder.EncodeReal(asked, frame);
        encoder.Decode(frame, given);
        for (int channel = 0; channel < 100; channel++)
        {
            Assert.Equal(asked[channel], given[channel].Real, encoder.AmplitudeStep / 2);
            Assert.Equal(0, given[channel].Imaginary, encoder.AmplitudeStep / 2);
        }
    }

    [Fact]
    public void Rows_take_the_pair_in_turn_and_columns_beside_the_channels_are_dark()
    {
        OpticalRig rig = TableOnSocket.Rig;
        FrameEncoder encoder = (rig with { Shaper = rig.Shaper with { Rows = 6 } }).Encoder();
        byte[] frame = new byte[encoder.FrameBytes];
        encoder.EncodeReal([.. Enumerable.Repeat(1f, 100)], frame);
        byte At(int row, int column) => frame[(row * 320) + column];
        for (int column = 0; column < 320; column++)
        {
            Assert.Equal((At(0, column), At(1, column)), (At(4, column), At(5, column)));
            double light = (Bent.Cosine(At(0, column)) + Bent.Cosine(At(1, column))) / 2;
            Assert.Equal(column is >= 10 and < 310 ? 1 : 0, light, encoder.AmplitudeStep / 2);
        }
    }

    [Fact]
    public void A_phase_of_every_frame_is_in_the_grey_levels_and_not_in_what_is_given()
    {
        OpticalRig rig = TableOnSocket.Rig;
        FrameEncoder plain = rig.Encoder(), chirped = (rig with { Shaper = rig.Shaper with { PhaseRad = [0.3, 0, 2] } }).Encoder();
        byte[] frame = new byte[plain.FrameBytes];
        var given = new Complex[100];
        chirped.EncodeReal([.. Enumerable.Repeat(0.7f, 100)], frame);
        chirped.Decode(frame, given);
        Assert.All(given, one => Assert.True((one - 0.7).Magnitude <= chirped.AmplitudeStep / 2));
        plain.Decode(frame, given);
        Assert.Equal(0.3 + (2 * 0.99 * 0.99), given[0].Phase, 0.05); // the first channel's middle; an amplitude of 0.7 turns a step of 0.0285 into 0.04
        Assert.Equal(0.3, given[50].Phase, 0.05);
    }

    [Theory]
    [InlineData(1.01f)]
    [InlineData(-2f)]
    [InlineData(float.NaN)]
    public void An_amplitude_beyond_one_is_refused(float amplitude)
    {
        FrameEncoder encoder = TableOnSocket.Rig.Encoder();
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.EncodeReal([.. Enumerable.Repeat(amplitude, 100)], new byte[encoder.FrameBytes]));
    }

    [Fact]
    public void A_wrong_wavelength_calibration_puts_the_light_on_other_channels()
    {
        OpticalRig rig = TableOnSocket.Rig;
        FrameEncoder right = rig.Encoder(), wrong = (rig with { Shaper = rig.Shaper with { WavelengthNm = [790.8333333333333, -0.06666666666666667] } }).Encoder(); // one channel further
        float[] one = new float[100];
        one[40] = 1;
        byte[] frame = new byte[right.FrameBytes];
        wrong.EncodeReal(one, frame);
        var seen = new Complex[100];
        right.Decode(frame, seen);
        Assert.True(seen[41].Real > 0.95 && Math.Abs(seen[40].Real) < 0.05);
    }
}
