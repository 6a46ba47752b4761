using System.Text.Json;
using Monarch.Testing;

namespace Monarch.Tests.Observability;

/// <summary>The dashboards of <c>deploy/observability/grafana</c>.</summary>
static class Dashboards
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory
            .EnumerateFiles(Repository.PathOf("deploy", "observability", "grafana", "dashboards"), "*.json")
            .Select(file => Path.GetFileName(file))
            .Order(),
    ];

    /// <summary>Returns the panels of a dashboard, without its rows.</summary>
    public static IReadOnlyList<Panel> Read(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy", "observability", "grafana", "dashboards", name)));
        return
        [
            .. json.RootElement.GetProperty("panels").EnumerateArray().Where(x => x.GetProperty("type").GetString() != "row").Select(Read),
        ];
    }

    static Panel Read(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        return new(
            panel.GetProperty("id").GetInt32(),
            panel.GetProperty("title").GetString()!,
            panel.GetProperty("description").GetString()!,
            panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!,
            [.. new[] { "x", "y", "w", "h" }.Select(name => place.GetProperty(name).GetInt32())],
            [.. panel.GetProperty("targets").EnumerateArray().Select(x => x.GetProperty("expr").GetString()!)],
            panel.TryGetProperty("links", out var links) ? [.. links.EnumerateArray().Select(x => x.GetProperty("url").GetString()!)] : []
        );
    }

    /// <param name="Id">Its number in the dashboard.</param>
    /// <param name="Title">Its heading.</param>
    /// <param name="Description">The description of the panel.</param>
    /// <param name="Unit">Grafana's name of the unit.</param>
    /// <param name="Place">Column, row, width and height.</param>
    /// <param name="Queries">Its Prometheus queries.</param>
    /// <param name="Links">Its links.</param>
    public sealed record Panel(
        int Id,
        string Title,
        string Description,
        string Unit,
        IReadOnlyList<int> Place,
        IReadOnlyList<string> Queries,
        IReadOnlyList<string> Links
    );
}
