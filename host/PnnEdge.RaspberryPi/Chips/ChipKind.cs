using System.Device.Spi;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>Converter chips by name, as a rig's file writes them.</summary>
public enum ChipKind
{
    Mcp4922,
    Mcp4725,
    Mcp4728,
    Dac7678,
    Mcp3204,
    Mcp3208,
    Ads1115,

    /// <summary>With Iot.Device.Bindings only.</summary>
    Mcp3008,

    /// <summary>With Iot.Device.Bindings only.</summary>
    Ad5328,

    /// <summary>With Iot.Device.Bindings only. Sixteen pulse-width outputs: a low-pass makes each a voltage.</summary>
    Pca9685,
}

/// <summary>What a kind of chip is, whoever drives it.</summary>
/// <param name="IsSpi">False: on I2C.</param>
/// <param name="IsInput">False: its channels are outputs.</param>
/// <param name="MostHertz">Of its clock, as its data sheet says for 3.3 V.</param>
/// <param name="MessagesPerWord">To the kernel, to set one word (and read it back, where the driver does) or to read one.</param>
/// <param name="BytesPerWord">On its bus, addresses included.</param>
/// <param name="WaitMicros">A conversion that the bus waits for, µs.</param>
/// <param name="IsOurs">We have a driver; else it takes Iot.Device.Bindings.</param>
internal sealed record ChipFacts(
    ChipKind Kind, bool IsSpi, bool IsInput, int Bits, int Channels, int MostHertz, int MessagesPerWord, int BytesPerWord, double WaitMicros, bool IsOurs)
{
    // Messages and bytes: Mcp4728.cs and its neighbours in PnnEdge.Firmware.Drivers, which name data sheet and page. ADS1115: 860 SPS are 1163 µs, 10 % slow at worst.
    private static readonly ChipFacts[] All =
    [
        new(ChipKind.Mcp4922, IsSpi: true, IsInput: false, 12, 2, 20_000_000, 1, 2, 0, IsOurs: true),
        new(ChipKind.Mcp4725, IsSpi: false, IsInput: false, 12, 1, 400_000, 2, 7, 0, IsOurs: true),
        new(ChipKind.Mcp4728, IsSpi: false, IsInput: false, 12, 4, 400_000, 2, 26, 0, IsOurs: true),
        new(ChipKind.Dac7678, IsSpi: false, IsInput: false, 12, 8, 400_000, 2, 9, 0, IsOurs: true),
        new(ChipKind.Mcp3204, IsSpi: true, IsInput: true, 12, 4, 1_000_000, 1, 3, 0, IsOurs: true),
        new(ChipKind.Mcp3208, IsSpi: true, IsInput: true, 12, 8, 1_000_000, 1, 3, 0, IsOurs: true),
        new(ChipKind.Ads1115, IsSpi: false, IsInput: true, 16, 4, 400_000, 3, 14, 1279, IsOurs: true),
        new(ChipKind.Mcp3008, IsSpi: true, IsInput: true, 10, 8, 1_350_000, 1, 3, 0, IsOurs: false),
        new(ChipKind.Ad5328, IsSpi: true, IsInput: false, 12, 8, 30_000_000, 1, 2, 0, IsOurs: false),
        new(ChipKind.Pca9685, IsSpi: false, IsInput: false, 12, 16, 400_000, 10, 30, 0, IsOurs: false),
    ];

    public static ChipFacts Of(ChipKind kind) => All.Single(facts => facts.Kind == kind);

    public string Name => Kind.ToString().ToLowerInvariant();

    /// <summary>The AD5328 takes a bit at the clock's falling edge (Rev. F, page 16), the others at its rising one.</summary>
    public SpiMode Mode => Kind == ChipKind.Ad5328 ? SpiMode.Mode1 : SpiMode.Mode0;
}
