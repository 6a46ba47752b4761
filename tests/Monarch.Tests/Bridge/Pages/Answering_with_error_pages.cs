using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Redis.Outages;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Answering_with_error_pages
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/migrations/019ac4de-55c2-7a3f-9d1e-000000000000", "There is no such migration")]
    [InlineData("/migrations/019ac4de-55c2-7a3f-9d1e-000000000000/repositories/1", "There is no such migration")]
    [InlineData("/migrations/nonsense", "There is no such page")]
    [InlineData("/no-such-page", "There is no such page")]
    public async Task Should_say_what_is_missing(string address, string title)
    {
        await using var host = await BridgeHost.AloneAsync();
        using var client = new PageClient(host);

        var page = await client.GetAsync(address);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.ContentType.ShouldBe("text/html");
        page.Html.ShouldContain($"<title>{title} · Monarch</title>");
        page.Text.ShouldContain("All migrations");
        page.Text.ShouldContain("Name it when you ask for help.");
        page.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
    }

    [Theory]
    [InlineData("/api/migrations/019ac4de-55c2-7a3f-9d1e-000000000000", "text/html")]
    [InlineData("/api/no-such-path", "text/html")]
    [InlineData("/no-such-page", "*/*")]
    [InlineData("/migrations/019ac4de-55c2-7a3f-9d1e-000000000000", "application/json")]
    public async Task Should_answer_programs_with_problem_details(string address, string accept)
    {
        await using var host = await BridgeHost.AloneAsync();
        host.Web.DefaultRequestHeaders.Accept.ParseAdd(accept);

        using var answer = await host.Web.GetAsync(address, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldNotBe("text/html");
    }

    [Fact]
    public async Task Should_say_that_Redis_is_away()
    {
        await using var host = await BridgeHost.AloneAsync(services =>
            services.AddSingleton<IStatusStore>(new ThrowingStatusStore(new RedisUnavailableException("away", null)))
        );
        using var client = new PageClient(host);

        var page = await client.GetAsync("/");

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.ContentType.ShouldBe("text/html");
        page.Text.ShouldContain("Redis cannot be reached");
    }

    [Fact]
    public async Task Should_say_that_an_address_is_that_of_a_form()
    {
        await using var host = await BridgeHost.AloneAsync();
        using var client = new PageClient(host);

        (await client.GetAsync("/sign-out")).Text.ShouldContain("This address is that of a form");
    }

    [Fact]
    public async Task Should_not_reveal_the_cause_of_an_unexpected_error()
    {
        await using var host = await BridgeHost.AloneAsync(services =>
            services.AddSingleton<IStatusStore>(new ThrowingStatusStore(new InvalidOperationException("inner working")))
        );
        using var client = new PageClient(host);

        var page = await client.GetAsync("/");

        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
        page.ContentType.ShouldBe("text/html");
        page.Text.ShouldContain("Something went wrong");
        page.Text.ShouldNotContain("inner working");
    }
}
