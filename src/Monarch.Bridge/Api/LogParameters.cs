using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Monarch.Bridge.Api;

/// <summary>The filters of a log search. All are strings, so that each fault can be named.</summary>
sealed record LogParameters
{
    [FromQuery(Name = "from"), Description("Lines from this time on, such as 2026-11-28T14:30:00Z; UTC where it names no zone")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Lines until this time; a day alone includes all of it")]
    public string? To { get; init; }

    [FromQuery(Name = "level"), Description("The lowest level: trace, debug, information, warning, error or critical")]
    public string? Level { get; init; }

    [FromQuery(Name = "service"), Description("The role of the process, such as workers; /api/services lists them")]
    public string? Service { get; init; }

    [FromQuery(Name = "migration"), Description("The id of a migration")]
    public string? Migration { get; init; }

    [FromQuery(Name = "repository"), Description("A repository, as owner/name")]
    public string? Repository { get; init; }

    [FromQuery(Name = "trace"), Description("The id of a trace: 32 hexadecimal digits")]
    public string? Trace { get; init; }

    [FromQuery(Name = "text"), Description("What message, exception or source contain, in any case of letters; 200 characters at most")]
    public string? Text { get; init; }

    [FromQuery(Name = "limit"), Description("Lines of a page, 1 to 1000; 100 by default. Of an export: all, by default")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The cursor of the page before")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "start_time"), Description("The same as from, as the first Monarch named it")]
    public string? StartTime { get; init; }

    [FromQuery(Name = "end_time"), Description("The same as to, as the first Monarch named it")]
    public string? EndTime { get; init; }
}
