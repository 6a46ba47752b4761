using System.Reflection;
using Microsoft.AspNetCore.Components;
using Monarch.Bridge;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using Monarch.Hosting.Startup;
using Monarch.Redis.Connection;
using Monarch.Sandbox;
using Monarch.Workers;
using NetArchTest.Rules;
using Shouldly;
using Xunit;
using TestResult = NetArchTest.Rules.TestResult;

namespace Monarch.Tests.Architecture;

/// <summary>
/// Contracts ← Hosting, Redis ← Bridge, Workers ← Cli; the sandbox, which simulates GitHub and Slack, references none of them.
/// </summary>
public sealed class Keeping_dependencies_one_way
{
    static readonly Assembly Contracts = typeof(Failure).Assembly;
    static readonly Assembly Redis = typeof(RedisConnection).Assembly;
    static readonly Assembly Hosting = typeof(MonarchHost).Assembly;
    static readonly Assembly Bridge = typeof(BridgeRegistration).Assembly;
    static readonly Assembly Workers = typeof(WorkersRegistration).Assembly;
    static readonly Assembly Sandbox = typeof(SandboxServer).Assembly;
    static readonly Assembly Cli = typeof(MonarchHosts).Assembly;

    public static TheoryData<string, Assembly, string[]> Forbidden =>
        new()
        {
            {
                "Contracts",
                Contracts,
                ["Monarch.Redis", "Monarch.Hosting", "Monarch.Bridge", "Monarch.Workers", "Monarch.Sandbox", "Monarch.Cli"]
            },
            {
                "Redis",
                Redis,
                ["Monarch.Contracts", "Monarch.Hosting", "Monarch.Bridge", "Monarch.Workers", "Monarch.Sandbox", "Monarch.Cli"]
            },
            { "Hosting", Hosting, ["Monarch.Bridge", "Monarch.Workers", "Monarch.Sandbox", "Monarch.Cli"] },
            { "Bridge", Bridge, ["Monarch.Workers", "Monarch.Sandbox", "Monarch.Cli"] },
            { "Workers", Workers, ["Monarch.Bridge", "Monarch.Sandbox", "Monarch.Cli"] },
            {
                "Sandbox",
                Sandbox,
                ["Monarch.Contracts", "Monarch.Redis", "Monarch.Hosting", "Monarch.Bridge", "Monarch.Workers", "Monarch.Cli"]
            },
        };

    [Theory, MemberData(nameof(Forbidden), DisableDiscoveryEnumeration = true)]
    public void Should_depend_on_lower_projects_only(string project, Assembly assembly, string[] forbidden) =>
        ShouldHold(Types.InAssembly(assembly).Should().NotHaveDependencyOnAny(forbidden).GetResult(), project);

    [Fact]
    public void Should_leave_messages_free_of_packages()
    {
        Contracts.GetReferencedAssemblies().ShouldAllBe(assembly => assembly.Name!.StartsWith("System."));
        ShouldHold(Types.InAssembly(Contracts).Should().OnlyHaveDependencyOn("System", "Monarch.Contracts").GetResult(), "Contracts");
    }

    [Fact]
    public void Should_export_only_the_registration_of_the_Bridge_and_the_workers()
    {
        // Razor makes its components public, and so the types of their parameters must be.
        var components = Bridge.ExportedTypes.Where(type => type.Name == "_Imports" || typeof(IComponent).IsAssignableFrom(type)).ToList();
        components.ShouldNotBeEmpty();
        var shown = new HashSet<Type>();
        components.ForEach(component => AddTypesOf(component, shown));
        Bridge.ExportedTypes.Except(components).Except(shown).ShouldBe([typeof(BridgeRegistration)]);
        Workers.ExportedTypes.ShouldBe([typeof(WorkersRegistration)]);
        // ASP.NET's source generator makes the entry point public.
        Cli.ExportedTypes.Select(type => type.Name).ShouldBe(["Program"]);
    }

    static void AddTypesOf(Type type, HashSet<Type> shown)
    {
        foreach (var property in type.GetProperties().Select(property => property.PropertyType))
        {
            foreach (var part in property.GetGenericArguments().Append(property).Where(part => part.Assembly == Bridge && shown.Add(part)))
            {
                AddTypesOf(part, shown);
            }
        }
    }

    static void ShouldHold(TestResult result, string project)
    {
        result.SelectedTypesForTesting.ShouldNotBeEmpty();
        result.IsSuccessful.ShouldBeTrue(
            $"{project}: {string.Join("; ", (result.FailingTypes ?? []).Select(type => $"{type.FullName} ({type.Explanation})"))}"
        );
    }
}
