using System.Device.Gpio;
using PnnEdge.RaspberryPi.Lines;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Lines;

/// <summary>Chips as gpiodetect lists them on a Pi 5, kernels 6.6.20 and 6.6.47 (WiringPi/WiringPi#280).</summary>
public class GpioChipsTests
{
    private static readonly string[] Labels = ["pinctrl-rp1", "pinctrl-bcm2711"];
    private static readonly GpioChipInfo[] Older =
    [
        new(0, "gpiochip0", "gpio-brcmstb@107d508500", 32), new(1, "gpiochip1", "gpio-brcmstb@107d508520", 4), new(4, "gpiochip4", "pinctrl-rp1", 54),
    ];

    private static readonly GpioChipInfo[] Newer = [new(0, "gpiochip0", "pinctrl-rp1", 54), new(10, "gpiochip10", "gpio-brcmstb@107d508500", 32)];

    [Fact]
    public void The_header_is_found_whatever_its_number() => Assert.Equal((4, 0), (GpioChips.Choose(Older, Labels).Id, GpioChips.Choose(Newer, Labels).Id));

    [Fact]
    public void A_second_name_for_the_same_chip_is_no_second_chip() => // gpiochip4 is a link to gpiochip0 (gpiozero/gpiozero#1216)
        Assert.Equal("gpiochip0", GpioChips.Choose([.. Newer, new(4, "gpiochip0", "pinctrl-rp1", 54)], Labels).Name);

    [Fact]
    public void Without_the_label_nothing_is_chosen_and_those_that_are_there_are_named() => Assert.Equal(
        "No GPIO chip has the label pinctrl-bcm2711 or pinctrl-bcm2835; there are pinctrl-rp1 (gpiochip0), gpio-brcmstb@107d508500 (gpiochip10).",
        Assert.Throws<PhysicalSystemException>(() => GpioChips.Choose(Newer, ["pinctrl-bcm2711", "pinctrl-bcm2835"])).Message);

    [Fact]
    public void Without_chips_that_is_told() => Assert.Equal(
        "No GPIO chip has the label pinctrl-rp1 or pinctrl-bcm2711; there is no GPIO chip.", Assert.Throws<PhysicalSystemException>(() => GpioChips.Choose([], Labels)).Message);

    [Fact]
    public void A_label_that_two_chips_have_chooses_neither() => Assert.Equal(
        "2 GPIO chips have the label pinctrl-rp1: gpiochip0, gpiochip4.",
        Assert.Throws<PhysicalSystemException>(() => GpioChips.Choose([Newer[0], Older[2]], Labels)).Message);

    [Fact]
    public void A_computer_without_GPIO_says_whether_the_library_or_the_chip_is_missing()
    {
        Assert.SkipWhen(Directory.EnumerateFiles("/dev", "gpiochip*").Any(), "skipped: this computer has GPIO chips");
        string told = Assert.Throws<PhysicalSystemException>(() => GpioChips.OpenHeader(Labels)).Message;
        Assert.Contains(told, (string[])
        [
            "The GPIO header needs libgpiod.so.3 or libgpiod.so.2, and neither is installed: apt install libgpiod3 (Debian 12: libgpiod2).",
            "No GPIO chip has the label pinctrl-rp1 or pinctrl-bcm2711; there is no GPIO chip.",
        ]);
    }
}
