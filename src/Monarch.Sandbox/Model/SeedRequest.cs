namespace Monarch.Sandbox.Model;

/// <summary>The body of <c>POST /admin/seed</c>.</summary>
public sealed class SeedRequest
{
    /// <summary>The repositories to add to the sandbox.</summary>
    public IList<SeedRepository> Repositories { get; set; } = [];
}
