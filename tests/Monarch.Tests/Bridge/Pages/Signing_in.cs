using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Status;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Signing_in : IAsyncLifetime
{
    const string Keys = "reader:view:just-looking, ada:operate:open-sesame";

    static readonly string Pause = $"/migrations/{PageStory.Running}/pause";

    readonly FakeTimeProvider _time = new(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));

    BridgeHost _host = null!;
    PageClient _client = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await BridgeHost.AloneAsync(services => services.AddSingleton<TimeProvider>(_time), ("MONARCH_API_KEYS", Keys));
        _client = new(_host);
        await PageStory.SeedAsync(_host.Services.GetRequiredService<IStatusStore>(), _time.GetUtcNow(), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "/sign-in?return=%2F")]
    [InlineData("/?q=rare", "/sign-in?return=%2F%3Fq%3Drare")]
    [InlineData("/no-such-page", "/sign-in?return=%2Fno-such-page")]
    [InlineData("/docs/", "/sign-in?return=%2Fdocs%2F")]
    public async Task Should_lead_to_the_sign_in_and_back(string address, string location)
    {
        var refused = await _client.GetAsync(address);
        refused.Status.ShouldBe(HttpStatusCode.Found);
        refused.Location.ShouldBe(location);

        var answer = await SignInAsync(refused.Location!, "open-sesame");

        answer.Status.ShouldBe(HttpStatusCode.Found);
        answer.Location.ShouldBe(address);
        answer.Headers["Set-Cookie"].ShouldContain("httponly", Case.Insensitive);
        answer.Headers["Set-Cookie"].ShouldContain("samesite=lax", Case.Insensitive);
        answer.Headers["Set-Cookie"].ShouldNotContain("expires", Case.Insensitive);
        (await _client.GetAsync("/")).Text.ShouldContain("ada Sign out");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("")]
    public async Task Should_return_to_no_other_site(string address)
    {
        var answer = await SignInAsync($"/sign-in?return={Uri.EscapeDataString(address)}", "open-sesame");

        answer.Location.ShouldBe("/");
    }

    [Fact]
    public async Task Should_remember_a_browser_that_asks_for_it()
    {
        var page = await _client.GetAsync("/sign-in");
        var answer = await _client.SubmitAsync(page, "/sign-in", ("key", " open-sesame "), ("remember", "1"));

        answer.Headers["Set-Cookie"].ShouldContain("expires=Tue, 08 Dec 2026 20:00:00 GMT", Case.Insensitive);
    }

    [Fact]
    public async Task Should_let_a_reader_see_everything_and_change_nothing()
    {
        var operating = new PageClient(_host);
        using var _ = operating;
        await SignInAsync("/sign-in", "open-sesame", operating);
        var withForms = await operating.GetAsync($"/migrations/{PageStory.Running}");
        await SignInAsync("/sign-in", "just-looking");

        var page = await _client.GetAsync($"/migrations/{PageStory.Running}");
        page.Text.ShouldContain("reader (view only)");
        page.Values("action").ShouldBe(["/sign-out"]);
        withForms.Values("action").ShouldContain(Pause);

        var token = page.Html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        var answer = await _client.PostAsync(Pause, ("reason", "mine"), ("__RequestVerificationToken", token));
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Text.ShouldContain("The key 'reader' has the role view");
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("just-looking", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("open-sesame", HttpStatusCode.OK, HttpStatusCode.Accepted)]
    [InlineData("ada:operate:open-sesame", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Should_apply_the_roles_to_the_API(string key, HttpStatusCode reading, HttpStatusCode changing)
    {
        _host.Web.DefaultRequestHeaders.Authorization = new("Bearer", key);

        using var list = await _host.Web.GetAsync("/api/migrations", Token);
        list.StatusCode.ShouldBe(reading);
        using var pause = await _host.Web.PostAsync($"/api{Pause}", null, Token);
        pause.StatusCode.ShouldBe(changing);
    }

    [Fact]
    public async Task Should_not_let_a_cookie_change_anything_through_the_API()
    {
        await SignInAsync("/sign-in", "open-sesame");

        (await _client.GetAsync("/api/migrations")).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.PostAsync($"/api{Pause}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_end_with_the_sign_out()
    {
        await SignInAsync("/sign-in", "open-sesame");
        var page = await _client.GetAsync("/");

        (await _client.SubmitAsync(page, "/sign-out")).Location.ShouldBe("/sign-in");
        (await _client.GetAsync("/")).Location.ShouldBe("/sign-in?return=%2F");
        var stale = await _client.SubmitAsync(page, "/sign-out");
        stale.Text.ShouldContain("The form is too old");
    }

    [Fact]
    public async Task Should_load_the_whole_page_again_when_the_sign_in_has_expired()
    {
        await SignInAsync("/sign-in", "open-sesame");
        (await _client.GetAsync("/", ("HX-Request", "true"))).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromHours(13));

        var part = await _client.GetAsync("/", ("HX-Request", "true"));

        part.Status.ShouldBe(HttpStatusCode.Unauthorized);
        part.Headers["HX-Refresh"].ShouldBe("true");
    }

    [Fact]
    public async Task Should_slow_down_failed_attempts()
    {
        for (var i = 0; i < 5; i++)
        {
            var refused = await SignInAsync("/sign-in", "guess");
            refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
            refused.Text.ShouldContain("This key is not known.");
            refused.Html.ShouldNotContain("guess");
        }

        var delayed = await SignInAsync("/sign-in", "open-sesame");
        delayed.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        delayed.Text.ShouldContain("You can try again in 2 s.");
        _time.Advance(TimeSpan.FromSeconds(2));
        (await SignInAsync("/sign-in", "guess")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync("/sign-in", "open-sesame")).Text.ShouldContain("You can try again in 4 s.");
        _time.Advance(TimeSpan.FromSeconds(4));
        (await SignInAsync("/sign-in", "open-sesame")).Status.ShouldBe(HttpStatusCode.Found);
        (await SignInAsync("/sign-in", "guess", new(_host))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcdef", "f123456789abcdef0123456789abcdef", false)]
    [InlineData("", "", false)]
    public async Task Should_keep_a_sign_in_at_every_Bridge_with_the_same_secret(string secret, string other, bool isKept)
    {
        await using var first = await BridgeHost.AloneAsync(("MONARCH_API_KEYS", Keys), ("MONARCH_KEYRING_SECRET", secret));
        await using var second = await BridgeHost.AloneAsync(("MONARCH_API_KEYS", Keys), ("MONARCH_KEYRING_SECRET", other));
        using var client = new PageClient(first);
        await SignInAsync("/sign-in", "open-sesame", client);
        var page = await client.GetAsync("/new");
        page.Status.ShouldBe(HttpStatusCode.OK);

        // The browser does not distinguish the ports of a host.
        client.Origin = second.Web.BaseAddress!;

        (await client.GetAsync("/")).Status.ShouldBe(isKept ? HttpStatusCode.OK : HttpStatusCode.Found);
        var answer = await client.SubmitAsync(page, "/new", ("source", "school/template"), ("targets", "teams/one"));
        answer.Status.ShouldBe(isKept ? HttpStatusCode.Found : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_show_the_style_of_the_sign_in_page_to_all()
    {
        var page = await _client.GetAsync("/sign-in");

        foreach (var file in page.Values("href").Where(link => link.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            (await _client.GetAsync(file)).Status.ShouldBe(HttpStatusCode.OK, file);
        }
    }

    Task<PageAnswer> SignInAsync(string address, string key) => SignInAsync(address, key, _client);

    static async Task<PageAnswer> SignInAsync(string address, string key, PageClient client) =>
        await client.SubmitAsync(await client.GetAsync(address), "/sign-in", ("key", key));
}
