using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Tests.Update;

/// <summary>Packages that are sealed under the device's key and still wrong, and storage that holds anything at all.</summary>
public class PackageFuzzTests
{
    private const int Packages = 5000;

    private static readonly ushort[] Awkward = [0, 1, 2, 3, 15, 16, 17, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF];

    [Theory]
    [InlineData(1)]
    [InlineData(20261128)]
    public void Whatever_is_sealed_is_refused_or_can_be_taken_apart(int seed)
    {
        Random random = new(seed);
        UpdateRig device = UpdateRig.Start(SmallProgram.WithKey());
        Dictionary<ProgramFlaw, int> flaws = [];
        for (int i = 0; i < Packages; i++)
        {
            byte[] package = SmallPackage.Of("1", change: bytes => Change(random, bytes));
            Answer answer = device.Send(package);
            Assert.True(answer.Reason is RefusalReason.Accepted or RefusalReason.ProgramRefused, $"{answer.Reason}");
            ProgramFlaw flaw = answer.Reason == RefusalReason.Accepted ? ProgramFlaw.None : (ProgramFlaw)answer.Detail;
            flaws[flaw] = flaws.GetValueOrDefault(flaw) + 1;
            FirmwareLayout layout = new();
            if (flaw == ProgramFlaw.None)
            {
                Assert.Equal(ProgramFlaw.None, layout.Read(package, package.Length));
                Assert.All(Enumerable.Range(0, layout.Assemblies), a => Assert.NotEmpty(layout.Assembly(a)));
            }
        }

        // Worth its time only if it comes everywhere.
        Assert.All(new[] { ProgramFlaw.None, ProgramFlaw.Shape, ProgramFlaw.Format, ProgramFlaw.Protocol, ProgramFlaw.Board }, flaw => Assert.True(flaws.GetValueOrDefault(flaw) > Packages / 200, $"{flaw}: {flaws.GetValueOrDefault(flaw)} of {Packages}"));
    }

    [Theory]
    [InlineData(7)]
    public void Whatever_storage_holds_the_device_starts_with_something_whole(int seed)
    {
        Random random = new(seed);
        TearableStorage sound = SmallProgram.WithKey();
        UpdateRig.Start(sound).Send(SmallPackage.Of("1"));
        UpdateRig.Start(sound).ProveItself();
        UpdateRig.Start(sound).Send(SmallPackage.Of("2"));
        HashSet<string> ran = [];
        for (int i = 0; i < Packages; i++)
        {
            TearableStorage storage = new() { Records = sound.Records.Where(r => !r.Key.StartsWith("epoch", StringComparison.Ordinal)).ToDictionary(r => r.Key, r => Spoil(random, r.Key, r.Value)) };
            ran.Add(UpdateRig.Start(storage).Version);
        }

        Assert.Equal(["1", "2", UpdateRig.FactoryVersion], ran.Order());
    }

    private static byte[] Spoil(Random random, string name, byte[] record)
    {
        if (name == Storage.DeviceKey.Name || random.Next(2) == 0) { return record; }
        byte[] other = [.. record];
        other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
        return random.Next(2) == 0 ? other : other[..random.Next(other.Length)];
    }

    private static void Change(Random random, byte[] package)
    {
        int end = package.Length - ProgramSeal.Bytes;
        int at = random.Next(3) == 0 ? random.Next(end - 1) : random.Next(FirmwareHeader.TextAt + 12);
        switch (random.Next(3))
        {
            case 0:
                package[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                package[at] = (byte)random.Next(256);
                break;
            default:
                Bytes.PutUInt16(package, at & ~1, Awkward[random.Next(Awkward.Length)]);
                break;
        }
    }
}
