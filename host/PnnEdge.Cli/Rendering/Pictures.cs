using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Rendering;

/// <summary>A result's plot, where plots can be drawn: its figures do not depend on a picture.</summary>
internal static class Pictures
{
    /// <summary>Without the native libraries that plots are drawn with, says so on standard error.</summary>
    /// <param name="name">Of the files, without extension.</param>
    /// <returns>The files' names, for the list of what a folder holds.</returns>
    public static string[] Draw(CliHost host, string name, Action draw)
    {
        try
        {
            draw();
            return [$"{name}.png", $"{name}.svg"];
        }
        catch (Exception e) when (MissingLibrary(e) is { } missing)
        {
            host.Error.WriteLine($"No plot was drawn, everything else is there: {missing.Message.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.')}.");
            return [];
        }
    }

    // Reported by whichever type was first to need it.
    private static Exception? MissingLibrary(Exception? e) => e is null or DllNotFoundException or BadImageFormatException ? e : MissingLibrary(e.InnerException);
}
