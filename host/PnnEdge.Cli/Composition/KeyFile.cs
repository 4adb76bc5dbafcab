using System.Security.Cryptography;
using PnnEdge.Cli.Commands;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Cli.Composition;

/// <summary>A device's key as a file of 64 hexadecimal digits: whoever has it may give the device programs.</summary>
internal static class KeyFile
{
    /// <exception cref="UserException">It is not there, or holds something else.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path).Trim();
            return text.Length == 2 * ProgramSeal.KeyBytes && text.All(char.IsAsciiHexDigit)
                ? Convert.FromHexString(text)
                : throw new UserException($"{path} is no key; a key is {2 * ProgramSeal.KeyBytes} hexadecimal digits.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The key file {path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Draws a key where there is none yet; nobody but its owner may read the file.</summary>
    /// <exception cref="UserException">It cannot be written.</exception>
    public static byte[] ReadOrDraw(string path)
    {
        if (File.Exists(path)) { return Read(path); }
        byte[] key = RandomNumberGenerator.GetBytes(ProgramSeal.KeyBytes);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(Convert.ToHexStringLower(key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The key file {path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }

        return key;
    }
}
