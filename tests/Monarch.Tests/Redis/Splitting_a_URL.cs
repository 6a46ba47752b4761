using Monarch.Redis.Connection;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Splitting_a_URL
{
    [Theory]
    [InlineData("redis://host", "redis|||host|||")]
    [InlineData("REDISS://User:p%40s%2Fs%25@host:6380/3", "rediss|User|p@s/s%|host|6380|3|")]
    [InlineData("redis://:secret@10.0.0.7", "redis||secret|10.0.0.7|||")]
    [InlineData("redis://user:a:b@host", "redis|user|a:b|host|||")]
    [InlineData("redis://user@[::1]:7000/", "redis|user||::1|7000||")]
    [InlineData("amqp://host/%2f", "amqp|||host||/|")]
    [InlineData("amqp://host/school?heartbeat=10", "amqp|||host||school|heartbeat=10")]
    public void Should_decode_every_part(string text, string expected)
    {
        ServerUrl.TryParse(text, out var url, out _).ShouldBeTrue();

        $"{url!.Scheme}|{url.User}|{url.Password}|{url.Host}|{url.Port}|{url.Path}|{url.Query}".ShouldBe(expected);
    }

    [Fact]
    public void Should_not_print_secrets()
    {
        ServerUrl.TryParse("rediss://user:secret@host:6380/3", out var url, out _).ShouldBeTrue();

        $"{url}".ShouldBe("rediss://host");
    }

    [Theory]
    [InlineData("host:6379", "no scheme")]
    [InlineData("://host", "no scheme")]
    [InlineData("redis://", "host is not a name")]
    [InlineData("redis://user:secret@", "host is not a name")]
    [InlineData("redis://user:secret@ho st", "host is not a name")]
    [InlineData("redis://user:secret@host:0", "port is not a number")]
    [InlineData("redis://user:secret@host:65536", "port is not a number")]
    [InlineData("redis://user:secret@host:", "port is not a number")]
    [InlineData("redis://user:secret@2001:db8::a:7", "an IPv6 address needs brackets")]
    [InlineData("redis://user:sec@ret@host", "its user or password contains an unescaped @, /, ? or #")]
    [InlineData("redis://user:sec/ret@host", "its user or password contains an unescaped @, /, ? or #")]
    // Uri takes the host of this for "user" and its port for 5.
    [InlineData("redis://user:5/secret@host", "its user or password contains an unescaped @, /, ? or #")]
    [InlineData("redis://user:sec?ret@host", "its user or password contains an unescaped @, /, ? or #")]
    [InlineData("redis://user:sec#ret@host", "its user or password contains an unescaped @, /, ? or #")]
    [InlineData("redis://user:sec%ret@host", "its user or password contains an unescaped %")]
    [InlineData("redis://user:secret%@host", "its user or password contains an unescaped %")]
    [InlineData("redis://user:secret%4@host", "its user or password contains an unescaped %")]
    [InlineData("redis://host/%zz", "the part after its host contains an unescaped % or #")]
    [InlineData("redis://host/0#1", "the part after its host contains an unescaped % or #")]
    public void Should_report_the_problem_without_the_secret(string text, string expected)
    {
        ServerUrl.TryParse(text, out _, out var problem).ShouldBeFalse();

        problem.ShouldNotBeNull().ShouldContain(expected);
        problem.ShouldNotContain("sec");
        problem.ShouldNotContain("ret");
    }
}
