using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;

namespace PnnEdge.Cli.Tests;

public sealed class PictureTests
{
    private readonly StringWriter _error = new();

    [Fact]
    public void Without_its_native_library_a_plot_is_missed_in_one_sentence_and_nothing_else_is_lost()
    {
        // As the runtime reports it: the first type to need the library fails, and the rest of the message lists where it was looked for.
        var missing = new TypeInitializationException("ScottPlot.Fonts", new DllNotFoundException("Unable to load shared library 'libSkiaSharp' or one of its dependencies. In order\nto help diagnose"));
        Assert.Equal([], Pictures.Draw(Host(), "accuracy", () => throw missing));
        Assert.Equal($"No plot was drawn, everything else is there: Unable to load shared library 'libSkiaSharp' or one of its dependencies.{Environment.NewLine}", _error.ToString());
    }

    [Fact]
    public void A_mistake_in_drawing_is_not_taken_for_a_missing_library() =>
        Assert.Throws<TypeInitializationException>(() => Pictures.Draw(Host(), "accuracy", () => throw new TypeInitializationException("ScottPlot.Fonts", new FormatException())));

    [Fact]
    public void A_drawn_plot_is_listed_as_both_its_files()
    {
        Assert.Equal(["drift.png", "drift.svg"], Pictures.Draw(Host(), "drift", () => { }));
        Assert.Empty(_error.ToString());
    }

    private CliHost Host() => new(
        TextWriter.Null, _error, ErrorIsTerminal: false, OutIsTerminal: false, TextReader.Null, TimeProvider.System, _ => null, "cache", "folder", ["no-such-program"], () => 7);
}
