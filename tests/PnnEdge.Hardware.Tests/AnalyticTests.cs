using PnnEdge.Hardware.Tests.Spice;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Plate;

namespace PnnEdge.Hardware.Tests;

/// <summary>The netlists' values against pencil and paper: a wrong netlist would print wrong values that agree with themselves.</summary>
public class AnalyticTests
{
    [Fact]
    public void The_codec_bench_is_loudest_where_a_damped_resonance_is()
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("codec").Netlist);
        CircuitParameters p = CircuitParameters.CodecRate;
        double own = 1 / (2 * Math.PI * Math.Sqrt(p.InductanceHenry * p.CapacitanceFarad));
        double quality = Math.Sqrt(p.InductanceHenry / p.CapacitanceFarad) / p.LoopResistanceOhm;

        // Steps of 1 Hz; Rp of 100 kΩ, which the two formulas leave out, takes half a percent of the height.
        Assert.Equal(own * Math.Sqrt(1 - (1 / (2 * quality * quality))), found["tp9_peak_hz"], 2.0);
        Assert.Equal(quality / Math.Sqrt(1 - (1 / (4 * quality * quality))), found["tp9_peak_gain"], 0.03);
    }

    [Theory]
    [InlineData("top", 2.97)]
    [InlineData("bottom", -2.97)]
    public void The_codec_bench_settles_where_its_transistor_takes_the_current_that_the_loop_gives(string end, double volts)
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("codec").Netlist);
        CircuitParameters p = CircuitParameters.CodecRate;
        double node = found[$"tp9_node_{end}"], given = (volts - node) / (p.LoopResistanceOhm + 0.05); // the relay's contact
        Assert.Equal(given, CircuitLaw.CurrentAmpere(p, node) + (node / p.ParallelResistanceOhm), 1e-3 * Math.Abs(given)); // microvolts of the node in an exponential
        Assert.Equal(given * 1e3, found[$"loop_ma_{end}"], 1e-3 * Math.Abs(given * 1e3));
    }

    [Fact]
    public void The_converter_sees_half_of_the_node_less_what_its_60_kΩ_take()
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("codec").Netlist);
        double loaded = 1 / ((1 / 10e3) + (1 / 60e3));
        Assert.Equal(0.5, found["tp11_adc_1v"] / found["tp9_node_1v"], 1e-5);
        Assert.Equal(loaded / (loaded + 10e3), found["tp11_adc_100"] / found["tp9_node_100"], 1e-4); // 10 µF at 100 Hz
    }

    [Fact]
    public void Drive_of_the_slow_bench_is_twice_the_converter_less_three_volts_and_0_V_while_it_sleeps()
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("slow").Netlist);
        double ladder = 20e3 / (20e3 + 10); // the 10 Ω before a ladder that carries its current
        Assert.Equal(0, found["tp8_drive_middle"], 1e-6);
        Assert.InRange(found["tp8_drive_top"], 3 * ladder, 3);
        double asleep = 3 / (1 + (10e3 * ((1 / 10e3) + (1 / 500e3))));
        Assert.Equal(asleep, found["tp6_dac_asleep"], 1e-5);
        Assert.Equal((2 * asleep) - 3, found["tp8_drive_asleep"], 1e-4);
    }

    [Fact]
    public void Two_equal_sections_pass_a_third_at_their_corner()
    {
        // 1/(1 − x² + 3ix) at x = 1; drive is twice the converter. Rp of 1 MΩ and the transistor's leakage take half a percent.
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("slow").Netlist);
        Assert.Equal(2.0 / 3, found["tp9_node_corner"], 0.005);
    }

    [Fact]
    public void The_plate_bench_s_coil_peaks_where_cone_and_plate_ring_on_the_suspension()
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("plate").Netlist);
        PlateParameters p = PlateParameters.Nominal;
        double mass = p.Speaker.ConeKilogram + p.Plate.Kilogram, bl = p.Speaker.ForceFactorTeslaMetre;

        // Half a point of a thousand a decade; the coil's inductance adds 0.06 Ω in quadrature.
        Assert.Equal(Math.Sqrt(p.Speaker.StiffnessNewtonPerMetre / mass) / (2 * Math.PI), found["coil_peak_hz"], 0.1);
        Assert.Equal(p.Speaker.CoilOhm + (bl * bl / p.Speaker.DragNewtonSecondPerMetre), found["coil_peak_ohm"], 0.01);
    }

    [Fact]
    public void The_plate_bench_s_amplifiers_have_the_simulator_s_gain_and_corners()
    {
        Dictionary<string, double> found = SpiceValues.Of(Bench.Of("plate").Netlist);
        PlateParameters p = PlateParameters.Nominal;
        Assert.Equal(p.Amplifier.Gain, found["tp7_amp_1k"], 0.02 * p.Amplifier.Gain); // E24 resistors
        Assert.Equal(p.Amplifier.LowCornerHz, found["tp7_amp_low_hz"], 0.15 * p.Amplifier.LowCornerHz); // two poles of bought capacitors for one of the simulator
        Assert.Equal(p.Amplifier.HighCornerHz, found["tp7_amp_high_hz"], 0.1 * p.Amplifier.HighCornerHz);
        Assert.Equal(p.Microphone.LowCornerHz, found["tp8_mic_low_hz"], 0.05 * p.Microphone.LowCornerHz);
        Assert.Equal(p.Microphone.HighCornerHz, found["tp8_mic_high_hz"], 0.05 * p.Microphone.HighCornerHz);
    }

    [Fact]
    public void An_edge_s_pulse_lasts_as_long_as_its_RC_takes_to_the_threshold()
    {
        Dictionary<string, double> found = SpiceValues.Of(Path.Combine(Bench.Root, "enable.cir"));
        double tauNanos = 1e3 * 150e-12 * 1e9;

        // The edge itself takes 5 ns, of which the two thresholds meet different parts.
        Assert.Equal(tauNanos * Math.Log(3.3 / (3.3 - 1.4)), found["tp1_edge_rising"], 3.0);
        Assert.Equal(tauNanos * Math.Log(3.3 / 1.4), found["tp1_edge_falling"], 3.0);
        Assert.True(found["tp1_edge_rising"] > 25, "CD74HCT123E: an input pulse of 25 ns at least");
    }

    [Fact]
    public void The_relays_coils_get_their_current_and_the_lamp_lights()
    {
        Dictionary<string, double> found = SpiceValues.Of(Path.Combine(Bench.Root, "enable.cir"));
        Assert.True(found["coil_ma_enabled"] > 0.8 * 5 / 237 * 1e3, "G6K-2P: works from 80 % of 5 V on");
        Assert.True(found["power_ma_enabled"] > 0.75 * 5 / 63 * 1e3, "G5LE-1: works from 75 % of 5 V on");
        Assert.InRange(found["lamp_ma_enabled"], 2, 4);
        Assert.InRange(found["relay_5v_open"], 0, 0.01);
    }
}
