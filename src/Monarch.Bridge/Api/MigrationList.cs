using Monarch.Bridge.Status;

namespace Monarch.Bridge.Api;

/// <summary>Some migrations, newest first.</summary>
sealed record MigrationList(IReadOnlyList<MigrationView> Migrations);
