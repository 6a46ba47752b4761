namespace Monarch.Sandbox.Admin;

/// <summary>The body of <c>POST /admin/rename</c>: both are <c>owner/name</c>, so that it can also transfer.</summary>
sealed record RenameRequest(string From, string To);
