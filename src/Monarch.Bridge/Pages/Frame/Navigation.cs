namespace Monarch.Bridge.Pages.Frame;

/// <summary>The pages that every page links to.</summary>
static class Navigation
{
    public static IReadOnlyList<(string Path, string Name)> Pages { get; } =
    [("/", "Migrations"), ("/failures", "Failures"), ("/rejected", "Rejected"), ("/budget", "Budget"), ("/system", "System")];
}
