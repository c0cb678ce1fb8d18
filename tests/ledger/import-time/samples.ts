/** One file of each layout, as its maker exports it. The same three entries stand in each, as far as it can hold them. */
export const SAMPLES = {
  plain: `Item,Date,Duration,Person,Activity,Stage,Start,End
PAY-88,2026-09-07,1h 30m,ann@example.invalid,review,Review,09:00,10:30
PAY-102,2026-09-07,0:45,ben@example.invalid,build,,,
PAY-117,2026-09-08,"2,5",ann@example.invalid,,,,
`,
  tempo: `"Issue Key","Issue summary","Hours","Work date","Username","Full name","Period","Account Key","Account Lead","Activity Name","Issue Type","Issue Status","Project Key","Epic Link","Work Description","Parent Key","Reporter","External Hours","Billed Hours"
"PAY-88","Refund twice","1.5","2026-09-07 09:00","aexample","Ann Example","0926","ACC","Cy Lead","Review","Bug","Done","PAY","PAY-1","Looked at it","PAY-2","Dan Reporter","0","8"
"PAY-102","Receipts","0.75","2026-09-07 00:00","bexample","Ben Example","0926","ACC","Cy Lead","","Story","Done","PAY","PAY-1","","","Dan Reporter","0","8"
"PAY-117","Rounding","2.5","2026-09-08 00:00","aexample","Ann Example","0926","ACC","Cy Lead","","Story","Done","PAY","PAY-1","","","Dan Reporter","0","8"
`,
  clockify: `"Project","Client","Description","Task","User","Group","Email","Tags","Type","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Date of creation"
"Payments","Acme","PAY-88: refund twice","","Ann Example","","Ann@Example.invalid","review","Regular","Yes","09/07/2026","09:00:10 AM","09/07/2026","10:30:10 AM","01:30:00","1.50","09/14/2026"
"Payments","Acme","Receipts","PAY-102 Receipts","Ben Example","","ben@example.invalid","","Regular","Yes","09/07/2026","11:45:00 PM","09/08/2026","12:30:00 AM","00:45:00","0.75","09/14/2026"
"Payments","Acme","Lunch","","Ben Example","","ben@example.invalid","","Break","No","09/08/2026","12:00:00 PM","09/08/2026","12:30:00 PM","00:30:00","0.50","09/14/2026"
"Payments","Acme","[PAY-117] Rounding, as in PAY-88","","Ann Example","","ann@example.invalid","","Regular","No","09/08/2026","01:00:00 PM","09/08/2026","03:30:00 PM","02:30:00","2.50","09/14/2026"
"Total (01/09/2026 - 30/09/2026)","","","","","","","","","","","","","","04:45:00","4.75",""
`,
  toggl: `User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)
Ann Example,ann@example.invalid,Acme,Payments,,PAY-88 refund twice,No,2026-09-07,09:00:10,2026-09-07,10:30:10,01:30:00,review,
Ben Example,ben@example.invalid,Acme,Payments,PAY-102,Receipts,No,2026-09-07,23:45:00,2026-09-08,00:30:00,00:45:00,,
Ann Example,ann@example.invalid,Acme,Payments,,"Rounding, PAY-117",No,2026-09-08,13:00:00,2026-09-08,15:30:00,02:30:00,,
`,
  harvest: `Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,First Name,Last Name,Employee Id,Roles,Employee?,Billable Rate,Currency,External Reference URL
2026-09-07,Acme,Payments,XY-1,Review,Refund twice,1.5,2.0,Yes,No,Ann,Example,,,Yes,0,Euro - EUR,https://acme.example.invalid/browse/PAY-88?focused=1
2026-09-07,Acme,Payments,XY-1,Build,PAY-102 receipts,0.75,1.0,Yes,No,Ben,Example,E-7,,Yes,0,Euro - EUR,
2026-09-08,Acme,Payments,XY-1,Build,"Rounding
(PAY-117)",2.5,3.0,Yes,No,Ann,Example,,,Yes,0,Euro - EUR,
`,
} as const;
