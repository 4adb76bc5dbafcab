using PnnEdge.Cli.Results;
using ScottPlot;
using SkiaSharp;

namespace PnnEdge.Cli.Rendering;

/// <summary>A plot as PNG and as SVG.</summary>
internal static class PlotFile
{
    public static void Save(Multiplot plot, string pngPath, string svgPath, int widthPixels, int heightPixels)
    {
        var frame = new PixelRect(0, widthPixels, heightPixels, 0);
        AtomicFile.Write(pngPath, stream =>
        {
            using SKSurface surface = SKSurface.Create(new SKImageInfo(widthPixels, heightPixels));
            plot.Render(surface.Canvas, frame);
            using SKImage image = surface.Snapshot();
            using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
            png.SaveTo(stream);
        });
        AtomicFile.Write(svgPath, stream =>
        {
            using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, widthPixels, heightPixels), stream);
            plot.Render(canvas, frame);
        });
    }
}
