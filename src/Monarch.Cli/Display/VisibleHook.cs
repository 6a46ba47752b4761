using Monarch.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Monarch.Cli.Display;

/// <summary>The counterpart of <see cref="VisibleWriter"/> for tables and bars, which write their own control sequences.</summary>
sealed class VisibleHook : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new VisibleRenderable(renderable));

    sealed class VisibleRenderable(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner
                .Render(options, maxWidth)
                .Select(segment =>
                    segment.IsControlCode || segment.IsLineBreak ? segment : new(VisibleText.Line(segment.Text), segment.Style)
                );
    }
}
