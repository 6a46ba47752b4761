namespace Monarch.Sandbox.GitHub.References;

/// <summary>Records the issues that a written text mentions. A mention of an issue that does not exist has no effect, as at GitHub.</summary>
static class ReferenceRecorder
{
    /// <param name="state">The state of GitHub.</param>
    /// <param name="repository">The repository of the text.</param>
    /// <param name="source">The issue of the text.</param>
    /// <param name="text">The Markdown of a body or a comment.</param>
    public static void RecordReferences(this GitHubState state, Repository repository, Issue source, string? text)
    {
        foreach (var (name, number) in ReferenceText.Find(text ?? ""))
        {
            var mentioned = name is null ? repository : state.Repositories.Find(name) ?? state.Repositories.FindFormer(name);
            if (mentioned?.Find(number) is { IsDeleted: false } issue)
            {
                state.Repositories.References.Add(issue.Id, source.Id);
            }
        }
    }
}
