using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Spectra;

namespace PnnEdge.Optics.Tests.Shaping;

public class WavelengthTests
{
    [Fact]
    public void A_polynomial_gives_each_pixel_its_wavelength()
    {
        var axis = new SpectralAxis([400, 0.5, -0.001], 100);
        Assert.Equal(400 + 5 - 0.1, axis.Nm(10), 1e-9);
        Assert.Equal([400, 400.499, 400.996], axis.AllNm()[..3].Select(nm => Math.Round(nm, 9)));
    }

    [Fact]
    public void A_calibration_that_turns_round_is_refused_where_it_does() => Assert.Contains(
        "on pixel 250 and", Assert.Throws<ArgumentException>(() => new SpectralAxis([400, 0.5, -0.001], 300)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bins_are_filled_by_pixel_middles_and_may_fall()
    {
        double[] nm = [386.9, 387.1, 387.9, 388.1, 389.5, 389.99, 390.0];
        Assert.Equal([-1, 0, 0, 1, 2, 2, -1], new WavelengthBins(387, 390, 3).Of(nm, "It"));
        Assert.Equal([-1, 2, 2, 1, 0, 0, 0], new WavelengthBins(390, 387, 3).Of(nm, "It"));
    }

    [Fact]
    public void A_bin_without_a_pixel_is_named() => Assert.Equal(
        "The spectrometer has no pixel for bin 1 at 388.500 nm; its pixels go from 387.100 to 389.900 nm.",
        Assert.Throws<ArgumentException>(() => new WavelengthBins(387, 390, 3).Of([387.1, 387.5, 389.9], "The spectrometer")).Message);

    [Fact]
    public void Readings_become_volts_by_dark_frame_bins_and_scale_and_saturated_ones_inside_the_bins_are_counted()
    {
        var reduction = new SpectrumReduction([-1, 0, 0, 1], 2, voltsPerUnit: 0.001, saturatedAt: 4095);
        reduction.SetDark([500, 100, 110, 120]);
        float[] volts = new float[2];
        reduction.Reduce([4095, 200, 310, 4095], volts);
        Assert.Equal([0.15f, 3.975f], volts); // ((200 − 100) + (310 − 110))/2 mV and (4095 − 120) mV
        Assert.Equal(1, reduction.SaturatedPixels);
        Assert.Equal((-0.12f, 3.99f), reduction.RangeOf(0, 4095));
        Assert.Equal(1, reduction.SaturatedPixels);
    }

    [Fact]
    public void A_shape_does_not_know_its_power()
    {
        Assert.Equal(0, SpectrumShape.Distance([1, 2, 3], [2, 4, 6]), 1e-12);
        Assert.Equal(Math.Sqrt(2), SpectrumShape.Distance([1, 0], [0, 5]), 1e-12);
    }
}
