namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>The program and arguments that start <c>monarch supervise</c>: the same program as this process.</summary>
sealed record SupervisorProgram(string FileName, IReadOnlyList<string> Arguments)
{
    const string DotNet = "dotnet";
    const string Monarch = "monarch";

    public static SupervisorProgram OfThisProcess() => Of(Environment.ProcessPath, AppContext.BaseDirectory);

    /// <param name="process">The path of the running program.</param>
    /// <param name="folder">The folder of its assemblies.</param>
    public static SupervisorProgram Of(string? process, string folder) =>
        Path.GetFileName(process) switch
        {
            Monarch => new(process!, [Supervisor.Command]),
            // Another program that uses these assemblies, such as a test.
            var name => new(name == DotNet ? process! : DotNet, [Path.Combine(folder, $"{Monarch}.dll"), Supervisor.Command]),
        };
}
