using ScottPlot;
using SkiaSharp;

namespace PnnEdge.Cli.Rendering;

/// <summary>The plot's own font, so that a machine without fonts draws the same letters (Fonts/LICENSE.txt has its terms).</summary>
internal sealed class PlotFonts : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new PlotFonts());
        Fonts.Default = Name;
        return true;
    });

    private readonly Lazy<SKTypeface> _regular = new(() => Load("PlotSans.ttf"));
    private readonly Lazy<SKTypeface> _bold = new(() => Load("PlotSans-Bold.ttf"));

    public static void Register() => _ = Registered.Value;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, bold ? FontWeight.Bold : FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName != Name ? null : weight >= FontWeight.SemiBold ? _bold.Value : _regular.Value;

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(PlotFonts).Assembly.GetManifestResourceStream($"PnnEdge.Cli.Rendering.Fonts.{file}")
            ?? throw new InvalidOperationException($"The font {file} is not in this program.");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
