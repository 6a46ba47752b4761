using Monarch.Bridge.Intake;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Documenting_the_rights
{
    [Fact]
    public void Should_list_in_the_operations_guide_exactly_what_is_checked()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "operations.md"));
        var rule = guide.Split("ACL SETUSER monarch ")[1].Split("\n```")[0].Split([' ', '\n']);

        rule.ShouldBe([
            "on",
            ">password",
            "resetkeys",
            "~monarch:*",
            "resetchannels",
            "&monarch:*",
            $"&{PlatformListener.Channel}",
            "nocommands",
            .. RedisPermissions.Commands,
        ]);
    }
}
