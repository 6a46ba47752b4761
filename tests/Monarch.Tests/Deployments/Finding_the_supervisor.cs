using Monarch.Workers.Deployments.Running.Supervision;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Finding_the_supervisor
{
    [Theory]
    [InlineData("/opt/monarch/monarch", "/opt/monarch/monarch supervise")]
    [InlineData("/usr/share/dotnet/dotnet", "/usr/share/dotnet/dotnet /app/monarch.dll supervise")]
    [InlineData("/tests/Monarch.Tests", "dotnet /app/monarch.dll supervise")]
    [InlineData(null, "dotnet /app/monarch.dll supervise")]
    public void Should_start_the_program_that_runs(string? process, string command)
    {
        var program = SupervisorProgram.Of(process, "/app");
        string.Join(' ', [program.FileName, .. program.Arguments]).ShouldBe(command);
    }

    [Fact]
    public void Should_exist_beside_the_tests() =>
        File.Exists(Path.ChangeExtension(SupervisorProgram.Of(null, AppContext.BaseDirectory).Arguments[0], "runtimeconfig.json"))
            .ShouldBeTrue();

    [Fact]
    public void Should_parse_its_own_arguments()
    {
        var arguments = new SupervisorArguments(123, 45, ["DOTNET_ROOT", "B"], ["sh", "--", "--until", "x y"]);
        var parsed = SupervisorArguments.Parse([.. arguments.ToArguments()]).ShouldNotBeNull();
        (parsed.Until, parsed.Report).ShouldBe((123, 45));
        parsed.Without.ShouldBe(arguments.Without);
        parsed.Command.ShouldBe(arguments.Command);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("--", "ls")]
    [InlineData("--until", "x", "--", "ls")]
    [InlineData("--until", "1", "--")]
    [InlineData("--until", "1", "ls")]
    public void Should_refuse_other_arguments(params string[] arguments) => SupervisorArguments.Parse(arguments).ShouldBeNull();

    [Fact]
    public void Should_report_in_a_form_that_the_runner_parses()
    {
        foreach (var end in Enum.GetValues<SupervisedEnd>())
        {
            var report = new SupervisorReport(end, 3);
            SupervisorReport.Parse(report.ToLine()).ShouldBe(report);
        }

        SupervisorReport.Parse("").ShouldBe(new(SupervisedEnd.Unknown));
        SupervisorReport.Parse("Exited").ShouldBe(new(SupervisedEnd.Unknown));
    }
}
