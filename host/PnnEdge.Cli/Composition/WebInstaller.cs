using System.IO.Compression;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Composition;

/// <summary>
/// A folder that ESP Web Tools installs from: the official interpreter's parts as nanoff fetches them, the firmware's image, and the manifest that
/// says where each goes.
/// </summary>
/// <remarks>
/// Offsets as nanoff writes them (nanoFirmwareFlasher.Library/Esp32Firmware.cs, 2026); the firmware's own comes from the package's partition table.
/// Manifest: esphome/esp-web-tools, README.md.
/// </remarks>
internal sealed class WebInstaller(Flasher flasher)
{
    /// <summary>The only chip that the firmware's boards are for.</summary>
    private const string ChipFamily = "ESP32";

    private const uint BootloaderOffset = 0x1000;
    private const uint TableOffset = 0x8000;
    private const uint InterpreterOffset = 0x10000;

    /// <param name="folder">Made if need be; files of the same names are replaced.</param>
    /// <param name="image">The firmware; null for the interpreter alone.</param>
    /// <param name="flashMegabytes">Of the module.</param>
    /// <exception cref="UserException">No package came, or one without a part.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string folder, string target, string? image, int flashMegabytes, CancellationToken cancellation)
    {
        string archive = Directory.CreateTempSubdirectory("pnn-web-").FullName;
        try
        {
            await flasher.RunAsync(["--updatearchive", "--archivepath", archive, "--platform", "esp32", "--target", target], cancellation);
            string package = Directory.EnumerateFiles(archive, "*.zip").Order(StringComparer.Ordinal).LastOrDefault()
                ?? throw new UserException($"The flasher brought no package for {target}; 'nanoff --listtargets --platform esp32' lists what there is.");
            Directory.CreateDirectory(folder);
            string table = $"partitions_{flashMegabytes}mb.bin";
            List<WebPart> parts = [Take(package, "bootloader.bin", folder, BootloaderOffset), Take(package, table, folder, TableOffset), Take(package, "nanoCLR.bin", folder, InterpreterOffset)];
            if (image is not null)
            {
                uint offset = PartitionTable.DeploymentOffset(await File.ReadAllBytesAsync(Path.Combine(folder, table), cancellation))
                    ?? throw new UserException($"{table} of {Path.GetFileName(package)} has no area for managed code.");
                File.Copy(image, Path.Combine(folder, "firmware.bin"), overwrite: true);
                parts.Add(new WebPart("firmware.bin", offset));
            }

            string version = Path.GetFileNameWithoutExtension(package).Replace($"{target}-", string.Empty, StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "manifest.json"), JsonText.Page(new WebManifest("PnnEdge", $"nanoFramework {version}", true, 0, [new WebBuild(ChipFamily, parts)])), cancellation);
            return [.. parts.Select(part => part.Path), "manifest.json"];
        }
        catch (InvalidDataException broken)
        {
            throw new UserException($"The flasher's package for {target} cannot be read: {broken.Message.TrimEnd('.')}.", broken);
        }
        catch (Exception shut) when (shut is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The folder {folder} cannot be written: {shut.Message.TrimEnd('.')}.", shut);
        }
        finally
        {
            Directory.Delete(archive, recursive: true);
        }
    }

    /// <summary>A target of another chip would want another bootloader offset, and has not our pins.</summary>
    public static bool IsOurs(string target) => target.StartsWith("ESP32_", StringComparison.Ordinal) && !(target.Length > 7 && target[6] is 'S' or 'C' or 'H' or 'P' && char.IsAsciiDigit(target[7]));

    private static WebPart Take(string package, string name, string folder, uint offset)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        ZipArchiveEntry entry = zip.Entries.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new UserException($"{Path.GetFileName(package)} has no {name}; asked for a flash of another size?");
        entry.ExtractToFile(Path.Combine(folder, name), overwrite: true);
        return new WebPart(name, offset);
    }

    /// <param name="NewInstallImprovWaitTime">0: the interpreter has the USB port to itself, so nobody answers Improv there (firmware/README.md).</param>
    private sealed record WebManifest(string Name, string Version, bool NewInstallPromptErase, int NewInstallImprovWaitTime, IReadOnlyList<WebBuild> Builds);

    // Its field is written in camel case, unlike those around it.
    private sealed record WebBuild([property: System.Text.Json.Serialization.JsonPropertyName("chipFamily")] string ChipFamily, IReadOnlyList<WebPart> Parts);

    private sealed record WebPart(string Path, uint Offset);
}
